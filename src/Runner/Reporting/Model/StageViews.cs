using Pipelines.Runner.Planning;
using Pipelines.Runner.Reporting.Wording;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>The stages as they were set up: parameters, with those that are not as they would be by default first.</summary>
internal sealed class StageViews(Language language, Numbering numbering, Func<string, Manifest> manifestOf)
{
    public StageView Of(StageResult result)
    {
        var manifest = manifestOf(result.Kind);
        var parameters = result.Stage.Values.Select(value => ParameterOf(result.Stage, value.Key, value.Value, manifest)).ToList();
        return new(
            numbering.Id("stage", result.Id), result.Id, result.Kind, TitleOf(result.Kind, language), result.Fingerprint?.Short ?? "",
            [.. result.Stage.Inputs.SelectMany(port => port.Value).Select(source => source.ToString())],
            [.. parameters.Where(parameter => parameter.Default != parameter.Value)], [.. parameters.Where(parameter => parameter.Default == parameter.Value)],
            [.. result.Items.OfType<Warning>().Select(warning => BlockBuilder.WarningText(warning, language))]);
    }

    public static string TitleOf(string kind, Language language) => language.Kinds.GetValueOrDefault(kind) ?? kind;

    private ParameterView ParameterOf(PlannedStage stage, string path, ParameterValue value, Manifest manifest) => new(
        path, value.Text, Defaults.Of(stage.Spec, path),
        manifest.Parameters.GetValueOrDefault(WithoutPositions(path))?.Text.In(language.Code) is { Length: > 0 } meaning
            ? Typography.Set(meaning, language.Code).Replace("`", "", StringComparison.Ordinal) : null);

    private static string WithoutPositions(string path) => string.Join('.', path.Split('.').Where(part => !part.All(char.IsAsciiDigit)));
}
