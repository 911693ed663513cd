using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Execution;

/// <summary>Compares the metrics of a run with the bounds its pipeline sets.</summary>
internal static class Expectations
{
    /// <summary>A bound on a stage without a result of this run (not part of it, failed, stale) is left out.</summary>
    public static IReadOnlyList<ExpectationResult> Of(Plan plan, IReadOnlyDictionary<string, StageOutcome> outcomes) =>
        Of(plan.Expectations, plan, outcomes);

    /// <summary>The same for other bounds, such as those of the hypothesis.</summary>
    public static IReadOnlyList<ExpectationResult> Of(
        IReadOnlyList<Expectation> bounds, Plan plan, IReadOnlyDictionary<string, StageOutcome> outcomes) =>
        [.. bounds.Where(expectation => !IsLeftOut(plan, outcomes, expectation))
            .Select(expectation => Of(expectation, outcomes))];

    // Of a difference, 0.92 less 0.9 is 0.02 and not a rounding error more.
    private const double Rounding = 1e-12;

    private static ExpectationResult Of(Expectation expectation, IReadOnlyDictionary<string, StageOutcome> outcomes)
    {
        var value = Measured(expectation.Metric, outcomes);
        var slack = 0.0;
        if (expectation.Minus is { } minus)
            (value, slack) = (value - Measured(minus, outcomes), Rounding * Math.Max(1, Math.Abs(value ?? 0)));
        var met = value is { } number && !(number < expectation.AtLeast - slack) && !(number > expectation.AtMost + slack)
            && !double.IsNaN(number);
        return new(expectation, value, met);
    }

    /// <summary>What a run measured, by <c>stage.metric</c>; null: nothing.</summary>
    public static double? Measured(string metric, IReadOnlyDictionary<string, StageOutcome> outcomes) =>
        StageName.In(metric, outcomes.Keys) is { } stage ? Find(outcomes[stage].Results, metric[(stage.Length + 1)..]) : null;

    private static double? Find(ArtifactSet? outputs, string metric) =>
        (outputs?.ByPort.Values ?? []).SelectMany(port => port).OfType<Metrics>()
            .Where(metrics => metrics.Values.ContainsKey(metric)).Select(metrics => (double?)metrics.Values[metric]).FirstOrDefault();

    private static bool IsLeftOut(Plan plan, IReadOnlyDictionary<string, StageOutcome> outcomes, Expectation expectation) =>
        new[] { expectation.Metric, expectation.Minus }.OfType<string>().Any(metric =>
            StageName.In(metric, plan.Stages.Select(stage => stage.Id)) is { } stage && outcomes.GetValueOrDefault(stage)?.Results is null);
}
