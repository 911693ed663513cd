using Pipelines.Runner.Planning;
using Pipelines.Runner.Reporting.Wording;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>The stages as they were set up: parameters, with those that are not as they would be by default first.</summary>
internal sealed class StageViews(KindLanguages languages, Numbering numbering)
{
    public StageView Of(StageResult result)
    {
        var language = languages.Of(result.Stage);
        var parameters = result.Stage.Values.Where(value => !IsCounted(result.Stage, value.Key, value.Value))
            .Select(value => ParameterOf(result.Stage, value.Key, value.Value)).ToList();
        return new(
            numbering.Id("stage", result.Id), result.Id, result.Kind, TitleOf(result, language), result.Fingerprint?.Short ?? "",
            [.. result.Stage.Inputs.SelectMany(port => port.Value).Select(source => source.ToString())],
            [.. parameters.Where(parameter => parameter.Default != parameter.Value)],
            [.. parameters.Where(parameter => parameter.Default == parameter.Value)],
            [.. result.Items.OfType<Warning>().Select(warning => BlockBuilder.WarningText(warning, language))]);
    }

    /// <summary>The heading of a stage: the title of its kind, or the kind where the manifest has none.</summary>
    public static string TitleOf(StageResult result, Language language) =>
        language.Text(result.Report.Title) is { Length: > 0 } title ? title : result.Kind;

    /// <summary>Whether the plan filled it in from the axes of the matrices, which are told themselves.</summary>
    private static bool IsCounted(PlannedStage stage, string path, ParameterValue value) =>
        value.Place is { } place && place.At == stage.Places["uses"].At
        && stage.Spec.Parameters.Any(parameter => parameter.RepetitionsOf is not null
            && path.StartsWith(parameter.Name + ".", StringComparison.Ordinal));

    private ParameterView ParameterOf(PlannedStage stage, string path, ParameterValue value) => new(
        path, value.Text, Defaults.Of(stage.Spec, path),
        stage.Manifest.Parameters.GetValueOrDefault(WithoutPositions(path)) is { } described
            && languages.General.Text(described.Text) is { Length: > 0 } meaning
            ? meaning.Replace("`", "", StringComparison.Ordinal) : null);

    private static string WithoutPositions(string path) => string.Join('.', path.Split('.').Where(part => !part.All(char.IsAsciiDigit)));
}
