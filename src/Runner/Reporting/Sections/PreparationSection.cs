using Pipelines.Runner.Reporting.Findings;
using Pipelines.Runner.Reporting.Model;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Sections;

/// <summary>One text through the whole chain, and the stages that make the chain.</summary>
internal sealed class PreparationSection() : StagesSection("preparation")
{
    protected override IEnumerable<StageBlock> Foremost(ReportContext context)
    {
        if (context.Verdict.Chosen is not { } chosen)
            return [];
        var learned = RunTables.Learned(chosen.Of[0].Stage, context.Results);
        IReadOnlyList<CardItem> items = TextChain.Of(context.FindingData, learned, context.Language);
        return items.Count == 0 ? [] : [new(context.Numbering.Id("block", TextChain.Stage), context.Language.Phrase("chain_title"), "",
            context.Language.Phrase("chain_lead"),
            new BlockBuilder(context.Language, context.Numbering, context.AnswerTexts).Items(TextChain.Stage, items))];
    }
}
