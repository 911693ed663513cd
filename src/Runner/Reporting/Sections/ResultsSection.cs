using Pipelines.Runner.Planning;
using Pipelines.Runner.Reporting.Model;

namespace Pipelines.Runner.Reporting.Sections;

/// <summary>The evaluations, beside each other where there are several, and each by itself.</summary>
internal sealed class ResultsSection() : StagesSection(ReportManifest.ResultsSection)
{
    /// <summary>Of evaluations that measure the same, the one that the report is about.</summary>
    protected override bool IsTold(StageResult result, ReportContext context) => base.IsTold(result, context)
        && (context.Verdict.Chosen is not { } chosen || Scores.Of(result) is not { } scores
            || scores.Values[0].Measure != chosen.Of[0].Values[0].Measure || chosen.Of.Any(told => told.Stage.Id == result.Id));

    protected override IEnumerable<StageBlock> Foremost(ReportContext context)
    {
        if (context.Verdict.Comparison() is not { } comparison)
            return [];
        BlockBuilder blocks = new(context.Verdict.ComparisonLanguage, context.Numbering, context.AnswerTexts);
        return [new(context.Numbering.Id("block", Id), context.Language.Phrase("all_models"), "", null, blocks.Items(Id, [comparison]))];
    }
}
