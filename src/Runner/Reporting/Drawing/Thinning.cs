namespace Pipelines.Runner.Reporting.Drawing;

/// <summary>Leaves out points of a long curve that nobody could tell apart: of every stretch its lowest and highest stay.</summary>
internal static class Thinning
{
    /// <summary>Positions to draw, ascending; all of them when there are not more than <paramref name="most"/>.</summary>
    public static IEnumerable<int> Keep(IReadOnlyList<double> values, int most)
    {
        if (values.Count <= most)
            return Enumerable.Range(0, values.Count);
        var stretch = (int)Math.Ceiling(values.Count / (most / 2.0));
        return Enumerable.Range(0, values.Count).Chunk(stretch)
            .SelectMany(positions => new[] { positions.MinBy(i => values[i]), positions.MaxBy(i => values[i]) })
            .Append(0).Append(values.Count - 1).Distinct().Order();
    }
}
