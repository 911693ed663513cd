using System.Xml.Linq;

namespace Pipelines.Runner.Reporting.Drawing;

/// <summary>Puts names beside points, right, left, above or below; a name that would lie on another one or on a point is left
/// out.</summary>
internal static class PointNames
{
    private const double Distance = 8;
    private const double Height = 12;
    private const double PointSize = 5;

    /// <summary>One element a point, in their order; null where there is no room.</summary>
    /// <param name="axis">Names of points that lie on this line are put above it first, since it would cross them.</param>
    public static XElement?[] Place(
        IReadOnlyList<(double X, double Y, string Name)> points, double width, double axis = double.PositiveInfinity)
    {
        List<Box> taken = [
            .. points.Select(point => new Box(point.X - PointSize, point.Y - PointSize, point.X + PointSize, point.Y + PointSize))];
        var placed = new XElement?[points.Count];
        for (var i = 0; i < points.Count; i++)
        {
            var (x, y, name) = points[i];
            var length = TextSize.Width(name, DrawingFrame.FontSize);
            (double Left, double Top) above = (x - (length / 2), y - Distance - Height);
            (double Left, double Top)[] places = [(x + Distance, y - (Height / 2)), (x - Distance - length, y - (Height / 2)), above,
                (x - (length / 2), y + Distance)];
            foreach (var (left, top) in y > axis - PointSize ? places.Prepend(above) : places)
            {
                var box = new Box(left, top, left + length, top + Height);
                if (left < 0 || box.Right > width || taken.Exists(box.Overlaps))
                    continue;
                taken.Add(box);
                placed[i] = Svg.Text(left, top + Height - 2, name);
                break;
            }
        }
        return placed;
    }

    private readonly record struct Box(double Left, double Top, double Right, double Bottom)
    {
        public bool Overlaps(Box other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;
    }
}
