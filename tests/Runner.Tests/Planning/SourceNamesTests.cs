using Pipelines.Runner.Documents;
using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;
using Pipelines.TestKit.Stages;

namespace Pipelines.Tests.Runner.Planning;

/// <summary>How a stage that gathers cells names what it was given.</summary>
public sealed class SourceNamesTests
{
    [Theory]
    [InlineData("rate: [0.1, 0.2], seed: [1, 2]", "model@rate=0.1,seed=1", "model@rate=0.1", "rate=0.1, seed=1", "rate=0.1")]
    [InlineData("seed: [1, 2]", "model@seed=1", "model", "seed=1", "model")]
    [InlineData("rate: [0.1, 0.2]", "model@rate=0.1", "model@rate=0.1", "rate=0.1", "rate=0.1")]
    public void An_experiment_is_named_without_what_its_repetitions_differ_in(
        string matrix, string one, string all, string shortOne, string shortAll)
    {
        var plan = Plan.Read(new("names.yaml", $$"""
            pipeline: names
            stages:
              rows: { uses: load/fake, with: { train: a.csv, text: t } }
              words: { uses: tokenize/fake, from: rows }
              model: { uses: train/fake, from: words, matrix: { {{matrix}} }, with: { epochs: 1 } }
              best: { uses: select/best, from: model, with: { metric: loss } }
            """), _ => null, Overrides.None, FakeStages.Catalog);
        var best = Assert.IsType<Plan>(plan.Value).Stages[^1];
        var (named, experiment) = (SourceName.Of("models", 0), SourceName.OfAll("models", 0));

        Assert.Equal((one, all), (SourceNames.In(best, named), SourceNames.In(best, experiment)));
        Assert.Equal((shortOne, shortAll), (SourceNames.ShortIn(best, named), SourceNames.ShortIn(best, experiment)));
        Assert.True(SourceName.IsOne(experiment));
    }
}
