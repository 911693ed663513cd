using Pipelines.Runner.Reporting.Drawing;
using Pipelines.Runner.Reporting.Wording;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>When each stage of the run was executed.</summary>
internal sealed class TimelineView(Language language, Numbering numbering)
{
    private const int MaxBars = 60;

    /// <summary>Null when nothing was executed. Of many stages the longest are shown.</summary>
    public FigureView? Of(IReadOnlyList<StageResult> results)
    {
        List<TimelineBar> bars = [.. results.Where(result => result.Run?.Span is not null)
            .Select(result => (result.Id, State: RunViews.StateOf(result), Span: result.Run!.Span!))
            .Select(stage =>
                new TimelineBar(stage.Id, stage.State, stage.Span.Lane, stage.Span.Started.TotalSeconds, stage.Span.Took.TotalSeconds))
            .OrderByDescending(bar => bar.Seconds).Take(MaxBars).OrderBy(bar => bar.Start).ThenBy(bar => bar.Lane)];
        if (bars.Count == 0)
            return null;
        var id = numbering.Id("figure", "timeline");
        var caption = language.Phrase("timeline");
        DrawingFrame frame = new(id, caption, language.Phrase("timeline_description", ("count", language.Numbers.Of(bars.Count))),
            language);
        Grid data = new("timeline",
            [new("stage", ValueFormat.Code), new("started", ValueFormat.Seconds), new("took", ValueFormat.Seconds), new("lane")],
            [.. bars.Select(bar => (IReadOnlyList<object?>)[bar.Id, bar.Start, bar.Seconds, bar.Lane + 1])]);
        var drawing = TimelineDrawing.Draw(bars, frame).ToString(System.Xml.Linq.SaveOptions.DisableFormatting);
        return new(id, numbering.NextFigure(), caption, drawing, TableView.Of(data, language));
    }
}
