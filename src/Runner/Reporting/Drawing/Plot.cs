using System.Xml.Linq;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Drawing;

/// <summary>The rectangle of a chart with its axes: y labels on the left, light horizontal lines, axis names at the ends.</summary>
internal sealed class Plot
{
    private readonly DrawingFrame _frame;

    /// <param name="right">Room kept free at the right, for names of series.</param>
    public Plot(DrawingFrame frame, Ticks ys, ValueFormat yFormat, double height, double right = 12, double bottom = 44, double top = 34)
    {
        _frame = frame;
        (Ys, YFormat, Height) = (ys, yFormat, height);
        Left = 10 + ys.Values.Max(value => TextSize.Width(Label(value), DrawingFrame.FontSize));
        (Right, Top, Bottom) = (frame.Width - right, top, height - bottom);
        Y = new(ys.First, ys.Last, Bottom, Top);
    }

    public Ticks Ys { get; }

    public ValueFormat YFormat { get; }

    public double Height { get; }

    public double Left { get; }

    public double Right { get; }

    public double Top { get; }

    public double Bottom { get; }

    public LinearScale Y { get; }

    public IEnumerable<XElement> Grid()
    {
        foreach (var lines in Ys.Values.GroupBy(value => value == 0 ? "axis" : "grid"))
            yield return Svg.Lines(lines.Select(value => (Left, Y[value], Right, Y[value])), lines.Key);
        yield return Svg.Group("label end", Ys.Values.Select(value => Svg.Text(Left - 6, Y[value] + 4, Label(value))));
    }

    /// <summary>Name of y above its axis, name of x under the end of its axis.</summary>
    /// <param name="isDataX">Whether the name of x is data and no key.</param>
    public IEnumerable<XElement> Names(string x, string y, bool isDataX = false)
    {
        yield return Svg.Text(0, 14, Wording.Language.Capitalized(_frame.Language.Word(y)), "name");
        yield return Svg.Text(Right, Height - 6, isDataX ? x : Wording.Language.Capitalized(_frame.Language.Word(x)), "name end");
    }

    public IEnumerable<XElement> XTicks(Ticks ticks, LinearScale scale, ValueFormat format = ValueFormat.Auto)
    {
        double[] shown = [.. ticks.Values.Where(value => value >= scale.FromLow - 1e-9 && value <= scale.FromHigh + 1e-9)];
        yield return Svg.Lines(shown.Select(value => (scale[value], Bottom, scale[value], Bottom + 4)), "axis");
        yield return Svg.Group("label middle",
            shown.Select(value => Svg.Text(scale[value], Bottom + 18, _frame.Numbers.Tick(value, ticks.Step, format))));
    }

    /// <summary>A vertical line that says what happens at this x.</summary>
    public IEnumerable<XElement> Mark(double x, string text)
    {
        var width = TextSize.Width(text, DrawingFrame.FontSize);
        var toLeft = x + 6 + width > Right && x - 6 - width > Left;
        yield return Svg.Line(x, Top - 6, x, Bottom, "mark");
        yield return Svg.Text(toLeft ? x - 6 : x + 6, Top - 4, text, toLeft ? "label mark-label end" : "label mark-label");
    }

    private string Label(double value) => _frame.Numbers.Tick(value, Ys.Step, YFormat);
}
