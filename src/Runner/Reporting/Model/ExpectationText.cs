using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Reporting.Wording;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>What was measured beside what was expected: 0.7998 is not written as the 0.8 that it misses.</summary>
/// <param name="Bound"><c>≥ 0.8</c></param>
internal sealed record ExpectationText(string Value, string Bound)
{
    /// <param name="stages">Those that a metric may be of.</param>
    /// <param name="reportOf">What the kind of one of them says of its metrics; null: nothing.</param>
    public static ExpectationText Of(
        ExpectationResult result, NumberText numbers, IEnumerable<string> stages, Func<string, ReportManifest?> reportOf)
    {
        var (least, most) = (result.Expectation.AtLeast, result.Expectation.AtMost);
        var style = numbers.Apart(FormatOf(result.Expectation, stages, reportOf), new[] { result.Value, least, most }.OfType<double>());
        List<string> bounds = [];
        if (least is { } low)
            bounds.Add($"≥ {numbers.Of(low, style)}");
        if (most is { } high)
            bounds.Add($"≤ {numbers.Of(high, style)}");
        return new(result.Value is { } value ? numbers.Of(value, style) : numbers.Of(null), string.Join(", ", bounds));
    }

    private static ValueFormat FormatOf(Expectation bound, IEnumerable<string> stages, Func<string, ReportManifest?> reportOf)
    {
        var format = StageName.In(bound.Metric, stages) is { } stage
            ? reportOf(stage)?.MetricOf(bound.Metric[(stage.Length + 1)..])?.Format ?? ValueFormat.Auto
            : ValueFormat.Auto;
        return format == ValueFormat.Percent && bound.Minus is not null ? ValueFormat.Points : format;
    }
}
