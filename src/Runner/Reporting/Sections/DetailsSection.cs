using Pipelines.Runner.Reporting.Model;

namespace Pipelines.Runner.Reporting.Sections;

/// <summary>What the chapters left out, stage by stage.</summary>
internal sealed class DetailsSection : IReportSection
{
    public string Id => "details";

    public bool IsAnnex => true;

    public SectionView? Build(ReportContext context) => context.Details.Left.Count == 0 ? null : new StagesSectionView(
        Id, context.TitleOf(this), [.. context.Details.Left.Select(left =>
            new StageBlock(left.Id, StageViews.TitleOf(left.Result, context.Languages.Of(left.Result.Stage)), left.Result.Id, null,
                new BlockBuilder(context.Languages.Of(left.Result.Stage), context.Numbering, context.AnswerTexts, isAnnex: true)
                    .Items(left.Result.Id, left.Items))
            {
                Stale = new StaleResults([left.Result], context.Language).Of(left.Result),
                IsFolded = left.IsFolded,
            })]);
}
