using Pipelines.Runner.Planning;
using Pipelines.Runner.Reporting.Model;

namespace Pipelines.Runner.Reporting.Sections;

/// <summary>The evaluations, beside each other where there are several, and each by itself.</summary>
internal sealed class ResultsSection() : StagesSection(ReportManifest.ResultsSection)
{
    protected override IEnumerable<StageBlock> Foremost(ReportContext context)
    {
        if (context.Verdict.Comparison() is not { } comparison)
            return [];
        BlockBuilder blocks = new(context.Verdict.ComparisonLanguage, context.Numbering, context.AnswerTexts);
        return [new(context.Numbering.Id("block", Id), context.Language.Phrase("all_models"), "", null, blocks.Items(Id, [comparison]))];
    }
}
