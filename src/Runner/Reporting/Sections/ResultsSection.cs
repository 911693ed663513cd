using Pipelines.Runner.Planning;
using Pipelines.Runner.Reporting.Findings;
using Pipelines.Runner.Reporting.Model;

namespace Pipelines.Runner.Reporting.Sections;

/// <summary>The evaluations, beside each other where there are several, and each by itself; then what its answers are like.</summary>
internal sealed class ResultsSection() : StagesSection(ReportManifest.ResultsSection)
{
    protected override IEnumerable<StageBlock> Foremost(ReportContext context)
    {
        // Another chapter may have the same table.
        if (context.Verdict.Comparison() is { } comparison && !context.Verdict.IsOf(context.Sweeps) && !IsComparedElsewhere(context))
        {
            BlockBuilder blocks = new(context.Verdict.ComparisonLanguage, context.Numbering, context.AnswerTexts);
            yield return new(
                context.Numbering.Id("block", Id), context.Language.Phrase("all_models"), "", null, blocks.Items(Id, [comparison]));
        }
    }

    // What was decided on validation rows stands in no other table.
    private static bool IsComparedElsewhere(ReportContext context) =>
        context.Verdict is { Chosen.OnValidation: false } verdict && context.Results.Any(
            result => result.Report.Section == FindingSections.Comparison && context.IsTold(result) && verdict.AreIn(result));

    protected override IEnumerable<StageBlock> Hindmost(ReportContext context)
    {
        if (context.Verdict.Chosen is { } chosen && ConfusionItems.Of(context.FindingData, chosen.Of[0].Stage) is { Count: > 0 } confusions)
            yield return new(
                context.Numbering.Id("block", ConfusionItems.Stage), context.Language.Phrase("confusions_title"), "", null,
                new BlockBuilder(context.Languages.Of(chosen.Of[0].Stage.Stage), context.Numbering, context.AnswerTexts)
                    .Items(ConfusionItems.Stage, confusions));
        if (SliceItems.Of(context.FindingData, context.Language) is { Count: > 0 } slices)
            yield return new(
                context.Numbering.Id("block", SliceItems.Stage), context.Language.Phrase("slices_title"), "",
                context.Language.Phrase("slices_lead"),
                new BlockBuilder(context.Language, context.Numbering, context.AnswerTexts).Items(SliceItems.Stage, slices));
    }
}
