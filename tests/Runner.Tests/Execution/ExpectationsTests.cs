using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;
using Pipelines.Tests.Runner.Reporting;

namespace Pipelines.Tests.Runner.Execution;

public sealed class ExpectationsTests
{
    private static readonly Plan s_plan = SampleRun.Plan();

    [Theory]
    [InlineData(0.92, 0.9, null, 0.02, true)]
    [InlineData(0.3, 0.1, 0.2, null, true)]
    [InlineData(0.92, 0.89, null, 0.02, false)]
    [InlineData(0.9, 0.9, 0.0001, null, false)]
    public void A_difference_meets_its_bound_whatever_rounding_makes_of_it(
        double first, double second, double? least, double? most, bool isMet)
    {
        Expectation bound = new("scores.first", least, most, s_plan.Stages[0].At) { Minus = "scores.second" };

        var result = Expectations.Of([bound], s_plan, Outcomes(new() { ["first"] = first, ["second"] = second })).Single();

        Assert.Equal(isMet, result.Met);
        Assert.Equal(first - second, result.Value!.Value, 12);
        Assert.Equal("scores.first − scores.second", result.Expectation.Bounded);
    }

    [Fact]
    public void A_difference_to_what_was_not_measured_is_missed_and_to_what_was_not_run_left_out()
    {
        Expectation bound = new("scores.first", 0, null, s_plan.Stages[0].At) { Minus = "scores.third" };
        var outcomes = Outcomes(new() { ["first"] = 1 });

        Assert.False(Expectations.Of([bound], s_plan, outcomes).Single().Met);
        Assert.Null(Expectations.Of([bound], s_plan, outcomes).Single().Value);
        Assert.Empty(Expectations.Of([bound with { Minus = $"{s_plan.Stages[0].Id}.rows" }], s_plan, outcomes));
    }

    private static Dictionary<string, StageOutcome> Outcomes(Dictionary<string, double> metrics) => new(StringComparer.Ordinal)
    {
        ["scores"] = new StageOutcome.Reused(default, default, new(new Dictionary<string, IReadOnlyList<Artifact>>
        {
            ["metrics"] = [new Metrics(default, "", metrics)],
        })),
    };
}
