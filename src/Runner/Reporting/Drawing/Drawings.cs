using System.Diagnostics;
using System.Xml.Linq;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Drawing;

/// <summary>The drawing of a figure.</summary>
internal static class Drawings
{
    public static string Of(Figure figure, DrawingFrame frame)
    {
        var drawing = figure switch
        {
            LineFigure lines => LineDrawing.Draw(lines, frame),
            BarFigure bars => BarDrawing.Draw(bars, frame),
            HistogramFigure histogram => HistogramDrawing.Draw(histogram, frame),
            HeatmapFigure heatmap => HeatmapDrawing.Draw(heatmap, frame),
            IntervalFigure intervals => ForestDrawing.Draw(intervals, frame),
            ScatterFigure scatter => ScatterDrawing.Draw(scatter, frame),
            NetworkFigure network => NetworkDrawing.Draw(network, frame),
            // Set as text, by the template.
            TokensFigure => throw new ArgumentException("Tokens are not drawn.", nameof(figure)),
            _ => throw new UnreachableException($"A {figure.GetType().Name} has no drawing."),
        };
        if (!frame.HasHints)
            drawing.Elements().Descendants("title").Remove();
        return drawing.ToString(SaveOptions.DisableFormatting);
    }
}
