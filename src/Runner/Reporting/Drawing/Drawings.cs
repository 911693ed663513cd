using System.Xml.Linq;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Drawing;

/// <summary>The drawing of a figure.</summary>
internal static class Drawings
{
    public static string Of(CardItem figure, DrawingFrame frame)
    {
        var drawing = figure switch
        {
            LineFigure lines => LineDrawing.Draw(lines, frame),
            BarFigure bars => BarDrawing.Draw(bars, frame),
            HistogramFigure histogram => HistogramDrawing.Draw(histogram, frame),
            HeatmapFigure heatmap => HeatmapDrawing.Draw(heatmap, frame),
            IntervalFigure intervals => ForestDrawing.Draw(intervals, frame),
            ScatterFigure scatter => ScatterDrawing.Draw(scatter, frame),
            _ => throw new ArgumentOutOfRangeException(nameof(figure), figure.GetType().Name, "not a drawn figure"),
        };
        return drawing.ToString(SaveOptions.DisableFormatting);
    }
}
