using System.Diagnostics.CodeAnalysis;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Planning;

/// <summary>Puts the ids of the stages that feed a stage in the place of its references to them (<see cref="SourceName"/>).</summary>
public static class SourceNames
{
    public static string In(PlannedStage stage, string text) => SourceName.Replace(
        text, (port, index, all) => all ? Experiment(Of(stage, port, index)) : Of(stage, port, index));

    /// <summary>As <see cref="In"/>, but of several cells of one stage only says in what they differ: <c>dropout=0.1</c>.</summary>
    public static string ShortIn(PlannedStage stage, string text) => SourceName.Replace(
        text, (port, index, all) => all ? ShortExperiment(stage, port, index) : Short(stage, port, index));

    /// <summary>Without the values that only tell repetitions apart: <c>scores@units=8</c> of <c>scores@units=8,fold=1</c>.</summary>
    [return: NotNullIfNotNull(nameof(name))]
    public static string? Experiment(string? name)
    {
        if (name?.Split('@') is not [var stage, var cell])
            return name;
        var rest = string.Join(',', cell.Split(',').Where(value => !Repetitions.IsAxis(value.Split('=')[0])));
        return rest.Length == 0 ? stage : $"{stage}@{rest}";
    }

    private static string? ShortExperiment(PlannedStage stage, string port, int index)
    {
        if (Short(stage, port, index) is not { } name || name.Contains('@', StringComparison.Ordinal))
            return Experiment(Of(stage, port, index));
        var rest = string.Join(", ", name.Split(", ").Where(value => !Repetitions.IsAxis(value.Split('=')[0])));
        return rest.Length == 0 ? Experiment(Of(stage, port, index)) : rest;
    }

    /// <summary>The source without its port, unless the same stage feeds the input twice; null: the input has no such source.</summary>
    private static string? Of(PlannedStage stage, string port, int index)
    {
        if (stage.Inputs.GetValueOrDefault(port) is not { } sources || index >= sources.Count)
            return null;
        var source = sources[index];
        return sources.Count(other => other.StageId == source.StageId) > 1 ? source.ToString() : source.StageId;
    }

    private static string? Short(PlannedStage stage, string port, int index)
    {
        if (Of(stage, port, index) is not { } name || stage.Inputs[port] is not { Count: > 1 } sources)
            return Of(stage, port, index);
        string[][] ids = [.. sources.Select(source => source.StageId.Split('@'))];
        if (ids.Any(id => id.Length != 2 || id[0] != ids[0][0]))
            return name;
        HashSet<string>[] cells = [.. ids.Select(id => id[1].Split(',').ToHashSet(StringComparer.Ordinal))];
        var differing = ids[index][1].Split(',').Where(value => !cells.All(cell => cell.Contains(value))).ToList();
        return differing.Count > 0 ? string.Join(", ", differing) : name;
    }
}
