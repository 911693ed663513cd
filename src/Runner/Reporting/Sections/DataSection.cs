using Pipelines.Runner.Reporting.Model;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Sections;

/// <summary>The data, and before them every warning of the report, each with the place that says more.</summary>
internal sealed class DataSection() : StagesSection("data")
{
    protected override IEnumerable<StageBlock> Foremost(ReportContext context)
    {
        if (AlertsOf(context) is { Count: > 0 } alerts)
            yield return new(
                context.Numbering.Id("block", "alerts"), context.Language.Phrase("alerts"), "", null, [new AlertsView(alerts)]);
        if (context.Origin is { Files.Count: > 0 } origin)
            yield return new(
                context.Numbering.Id("block", OriginItems.Stage), context.Language.Phrase("origin_title"), "", null,
                new BlockBuilder(context.Language, context.Numbering, context.AnswerTexts).Items(
                    OriginItems.Stage, OriginItems.Of(origin, context.Language)));
    }

    /// <summary>What every stage that is heard warns of, once.</summary>
    public static IReadOnlyList<AlertView> AlertsOf(ReportContext context) =>
    [
        .. context.Results.Where(context.IsHeard)
            .SelectMany(result => result.Items.OfType<Warning>().Select(warning => AlertOf(result, warning, context)))
            .DistinctBy(alert => alert.Text, StringComparer.Ordinal),
    ];

    private static AlertView AlertOf(StageResult result, Warning warning, ReportContext context)
    {
        var language = context.Languages.Of(result.Stage);
        return new(
            StageViews.TitleOf(result, language), BlockBuilder.WarningText(warning, language),
            () => context.Numbering.AnchorOf(result.Id));
    }
}
