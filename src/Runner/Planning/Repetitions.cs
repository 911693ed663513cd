using System.Globalization;
using Pipelines.Runner.Documents;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Specs;

namespace Pipelines.Runner.Planning;

/// <summary>Tells stages which of the cells they gather differ by their seed or fold only (<see cref="RepetitionsOfAttribute"/>).</summary>
internal static class Repetitions
{
    private static readonly string[] Axes = ["seed", "fold"];

    /// <summary>Whether cells that differ on this axis alone are repetitions of one experiment.</summary>
    public static bool IsAxis(string name) => Axes.Contains(name);

    /// <summary>The parameters with what the file leaves to the matrices; null: there is nothing to add.</summary>
    /// <param name="cells">The planned stages that a matrix repeats, by id.</param>
    public static YamlMap? AddTo(
        YamlMap? with, StageSpec spec, IReadOnlyDictionary<string, IReadOnlyList<OutputRef>> inputs,
        IReadOnlyDictionary<string, PlannedStage> cells, SourceSpan at)
    {
        List<YamlEntry> added = [];
        foreach (var parameter in spec.Parameters)
            if (parameter.RepetitionsOf is { } port && with?.Find(parameter.Name) is null
                && NumbersOf(inputs.GetValueOrDefault(port) ?? [], cells) is { } numbers)
                added.Add(new(Plain(parameter.Name), new YamlList(
                    [.. numbers.Select(number => Plain(number.ToString(CultureInfo.InvariantCulture)))], at)));
        return added.Count == 0 ? null : new([.. with?.Entries ?? [], .. added], with?.At ?? at);

        YamlScalar Plain(string text) => new(text, IsPlain: true, at);
    }

    /// <summary>The number of the experiment of each source; null where none is repeated.</summary>
    private static List<int>? NumbersOf(IReadOnlyList<OutputRef> sources, IReadOnlyDictionary<string, PlannedStage> cells)
    {
        Dictionary<string, int> experiments = new(StringComparer.Ordinal);
        List<int> numbers = [];
        foreach (var source in sources)
        {
            var name = cells.TryGetValue(source.StageId, out var stage) ? ExperimentOf(stage) : source.StageId;
            experiments.TryAdd(name, experiments.Count);
            numbers.Add(experiments[name]);
        }
        return experiments.Count < numbers.Count ? numbers : null;
    }

    /// <summary>What names the experiment that a stage is a repetition of.</summary>
    public static string ExperimentOf(PlannedStage stage) => string.Join(
        '\n', stage.Cell.Where(value => !IsAxis(value.Key)).Select(value => $"{value.Key}={value.Value}").Prepend(stage.Base));
}
