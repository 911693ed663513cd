using Pipelines.Runner.Execution;
using Pipelines.Runner.Reporting.Wording;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>What was measured beside what was expected: 0.7998 is not written as the 0.8 that it misses.</summary>
/// <param name="Bound"><c>≥ 0.8</c></param>
internal sealed record ExpectationText(string Value, string Bound)
{
    public static ExpectationText Of(ExpectationResult result, NumberText numbers)
    {
        var (least, most) = (result.Expectation.AtLeast, result.Expectation.AtMost);
        var style = numbers.Apart(ValueFormat.Auto, new[] { result.Value, least, most }.OfType<double>());
        List<string> bounds = [];
        if (least is { } low)
            bounds.Add($"≥ {numbers.Of(low, style)}");
        if (most is { } high)
            bounds.Add($"≤ {numbers.Of(high, style)}");
        return new(result.Value is { } value ? numbers.Of(value, style) : numbers.Of(null), string.Join(", ", bounds));
    }
}
