using Pipelines.Runner.Execution;
using Pipelines.Runner.Reporting.Findings;
using Pipelines.Runner.Reporting.Model;

namespace Pipelines.Runner.Reporting.Sections;

/// <summary>The cells of each matrix in one table and one figure.</summary>
internal sealed class SweepSection : IReportSection
{
    public string Id => "sweep";

    public SectionView? Build(ReportContext context) =>
        context.Sweeps.Count == 0
            ? null
            : new StagesSectionView(Id, context.TitleOf(this), [.. context.Sweeps.Select(sweep => BlockOf(sweep, context))]);

    private static StageBlock BlockOf(Sweep sweep, ReportContext context)
    {
        var (language, axes) = (context.Language, string.Join(", ", sweep.Axes));
        var measured = sweep.Metrics.Select(metric => metric.Stage).ToHashSet(StringComparer.Ordinal);
        BlockBuilder blocks = new(context.Languages.Of(context.Plan.Stages.Where(stage => measured.Contains(stage.Base))),
            context.Numbering, context.AnswerTexts);
        return new(
            context.Numbering.Id("sweep", axes),
            language.Phrase("sweep_title", ("count", language.Numbers.Of(sweep.Cells.Count)), ("axes", axes)), "",
            language.Phrase(sweep.Cells.Any(cell => cell.IsChosen) ? "sweep_lead_chosen"
                : context.Verdict.Chosen is { } told
                    && told.Of[0].Stage.Stage.Cell.Any(value => sweep.Axes.Contains(value.Key)) ? "sweep_lead_told"
                : "sweep_lead_first"),
            blocks.Items(EffectItems.Stage, [.. EffectItems.Of(context.EffectsOf(sweep)), .. SweepItems.Of(Marked(sweep, context))]));
    }

    // Where no stage chose, and no other table says which of the models is told.
    private static Sweep Marked(Sweep sweep, ReportContext context)
    {
        if (sweep.Cells.Any(cell => cell.IsChosen) || context.Verdict.Chosen is not { } chosen || !context.Verdict.IsOf([sweep]))
            return sweep;
        var told = chosen.Of.Select(scores => scores.Stage.Stage.Cell.ToDictionary()).ToList();
        return sweep with { Cells = [.. sweep.Cells.Select(cell => cell with { IsChosen = told.Exists(values => IsOf(values, cell)) })] };

        bool IsOf(Dictionary<string, string> values, SweepCell cell) =>
            sweep.Axes.Select(values.GetValueOrDefault).SequenceEqual(cell.Values, StringComparer.Ordinal);
    }
}
