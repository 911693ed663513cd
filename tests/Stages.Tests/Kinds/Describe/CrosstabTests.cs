using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Kinds.Describe;

namespace Pipelines.Tests.Stages.Kinds;

public sealed class CrosstabTests : IDisposable
{
    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    /// <summary>scipy.stats: <c>chi2_contingency(table, correction=False)</c> and <c>contingency.association(table)</c>.</summary>
    [Fact]
    public async Task Association_is_that_of_scipy()
    {
        var outputs = await CrosstabAsync(("a", "x", 10), ("a", "y", 20), ("a", "z", 3), ("b", "x", 30), ("b", "y", 5), ("b", "z", 7));
        var metrics = ((Metrics)outputs["metrics"]).Values;
        Assert.Equal(19.80519480519481, metrics["chi_square"], 10);
        Assert.Equal(0.513876701232177, metrics["cramers_v"], 10);
    }

    [Fact]
    public async Task Pairs_are_counted_and_shared_by_row()
    {
        var outputs = await CrosstabAsync(("a", "x", 3), ("a", "y", 1), ("b", "x", 2));
        var items = StageRun.CardOf(outputs)["items"]!.AsArray();
        string[] Values(string name) => [.. items.Single(item => (string)item!["name"]! == name)!["values"]!.AsArray()
            .Select(row => string.Join(' ', row!.AsArray().Select(value => (double)value!)))];

        Assert.Equal(["3 1", "2 0"], Values("counts_together"));
        Assert.Equal(["0.75 0.25", "1 0"], Values("shares_of_rows"));
    }

    [Fact]
    public async Task One_value_has_no_association_rather_than_one_of_zero() =>
        Assert.Equal(["chi_square"], ((Metrics)(await CrosstabAsync(("a", "x", 3), ("b", "x", 2)))["metrics"]).Values.Keys);

    private async Task<ArtifactSet> CrosstabAsync(params (string Topic, string Stance, int Count)[] pairs)
    {
        var rows = pairs.SelectMany(pair => Enumerable.Repeat(pair, pair.Count)).ToArray();
        var table = await _run.TableAsync(
            new Values<string>("topic", [.. rows.Select(row => row.Topic)]),
            new Values<string>("stance", [.. rows.Select(row => row.Stance)]));
        return await _run.RunAsync(new DescribeCrosstab(), new DescribeCrosstab.Params("stance", "topic"), ("table", table));
    }
}
