using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Measures;

namespace Pipelines.Runner.Reporting.Findings;

/// <summary>Some of the answers, and how many of them are right.</summary>
/// <param name="Name">A key of the language files, or data.</param>
internal sealed record Slice(string Name, long Rows, long Right)
{
    private const long MinRows = 10;
    private const double NearlyAll = 0.9;

    public static Slice Of(string name, IEnumerable<Answer> answers)
    {
        var (rows, right) = (0L, 0L);
        foreach (var answer in answers)
            (rows, right) = (rows + 1, right + (answer.IsRight ? 1 : 0));
        return new(name, rows, right);
    }

    public double Share => Rows == 0 ? double.NaN : Right / (double)Rows;

    public (double Low, double High) Interval => Wilson.Interval(Right, Rows);

    /// <summary>Whether fewer of these are right than of the others, by more than chance gives: the intervals do not overlap.</summary>
    public bool IsBelow(Slice other) => Rows >= MinRows && other.Rows >= MinRows && Interval.High < other.Interval.Low;

    /// <summary>The same of what some texts have: where nearly all have it, the few others are of another kind, such as the
    /// shortest.</summary>
    public bool IsPartBelow(Slice others) => Rows <= NearlyAll * (Rows + others.Rows) && IsBelow(others);

    /// <summary>Slices under each other with their intervals.</summary>
    public static IntervalFigure Figure(string name, params Slice[] slices) => new(name, "right_answers",
        [.. slices.Select(slice => new IntervalRow(slice.Name, slice.Share, slice.Interval.Low, slice.Interval.High))],
        ValueFormat.Percent);
}
