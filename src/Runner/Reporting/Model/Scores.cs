using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>The scores of an evaluation that a reader asks for first.</summary>
/// <param name="Split">The rows they were measured on: test where there is one.</param>
/// <param name="Values">Most telling first.</param>
internal sealed record Scores(StageResult Stage, string Split, double? Rows, IReadOnlyList<Score> Values)
{
    private const double Same = 1e-9;

    /// <summary>Null when the stage measured nothing of this kind.</summary>
    public static Scores? Of(StageResult result)
    {
        var names = result.Report.HeadlinesIn(result.Metrics).ToList();
        if (names.Count == 0)
            return null;
        var split = Splits.MostTelling.First(split => names[0].StartsWith(MetricNames.Of(split, ""), StringComparison.Ordinal));
        return new(result, split, Find(result, MetricNames.Of(split, MetricNames.Rows)), [.. names.Select(name => new Score(
            MetricNames.WithoutSplit(name), result.Report.MetricOf(name)!, result.Metrics[name], Find(result, MetricNames.Low(name)),
            Find(result, MetricNames.High(name))))]);
    }

    /// <summary>The first of its values, measured on validation rows; null where it was not.</summary>
    public double? OnValidation => Find(Stage, MetricNames.Of(Splits.Validation, Values[0].Measure));

    /// <summary>Whether the first of its values is the share of answers that are right.</summary>
    public bool IsShareOf(double right) => Math.Abs(Values[0].Value - right) < Same;

    private static double? Find(StageResult result, string name) => result.Metrics.TryGetValue(name, out var value) ? value : null;
}

/// <param name="Low">Lower end of the 95 % confidence interval, where it is known.</param>
internal sealed record Score(string Measure, MetricManifest Described, double Value, double? Low, double? High)
{
    /// <summary>The standard deviation over repetitions with other seeds; then the value is their mean.</summary>
    public double? Deviation { get; init; }
}
