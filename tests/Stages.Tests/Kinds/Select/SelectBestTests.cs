using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Kinds.Select;

namespace Pipelines.Tests.Stages.Kinds;

public sealed class SelectBestTests : IDisposable
{
    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("validation.accuracy", Goal.Auto, 1)]
    [InlineData("validation.accuracy", Goal.Lowest, 0)]
    [InlineData("validation.loss", Goal.Auto, 2)]
    [InlineData("validation.loss", Goal.Highest, 0)]
    public async Task The_best_candidate_is_handed_on_as_it_is(string metric, Goal goal, int winner)
    {
        var models = await ModelsAsync(3);
        var metrics = await MetricsAsync(
            metric, metric == "validation.loss" ? [0.9, 0.4, 0.3] : [0.5, 0.8, 0.7]);

        var outputs = await SelectAsync(new(metric, goal), models, metrics);

        Assert.Same(models[winner], outputs["model"]);
        Assert.Same(metrics[winner], outputs["metrics"]);
        Assert.StartsWith($"{{models.{winner}}} has the ", _run.Lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("loss", "Lowest")]
    [InlineData("validation.perplexity", "Lowest")]
    [InlineData("test.error_rate", "Lowest")]
    [InlineData("validation_errors", "Lowest")]
    [InlineData("test.invalid_codes", "Lowest")]
    [InlineData("validation.macro_f1", "Highest")]
    [InlineData("glosses", "Highest")]
    [InlineData("validation.weightloss", "Highest")]
    public void The_goal_follows_from_the_name_of_the_metric(string metric, string goal) =>
        Assert.Equal(goal, Goal.Auto.For(metric).ToString());

    [Fact]
    public async Task Of_equal_candidates_the_first_wins_and_what_is_no_number_never_does()
    {
        var models = await ModelsAsync(4);

        var outputs = await SelectAsync(new("loss"), models, await MetricsAsync("loss", [double.NaN, double.NegativeInfinity, 0.5, 0.5]));

        Assert.Same(models[2], outputs["model"]);
        var items = StageRun.CardOf(outputs)["items"]!.AsArray();
        Assert.Equal(2, items.Count(item => (string)item!["name"]! == "candidate_without_number"));
        var table = items.Single(item => (string?)item!["item"] == "grid")!["rows"]!.AsArray();
        Assert.Equal([false, false, true, false], table.Select(row => (bool)row![3]!));
        Assert.Null(table[0]![1]);
    }

    [Fact]
    public async Task Over_seeds_the_mean_decides_and_not_the_luckiest()
    {
        var models = await ModelsAsync(6);
        var metrics = await MetricsAsync("validation.accuracy", [0.9, 0.1, 0.5, 0.6, 0.7, 0.71]);

        var outputs = await SelectAsync(new("validation.accuracy", Repetitions: [0, 0, 0, 1, 1, 1]), models, metrics);

        Assert.Same(models[4], outputs["model"]);
        Assert.Equal("{models.4} is nearest to the highest mean validation.accuracy of 3 seeds: 0.67", _run.Lines[^1]);
        var table = StageRun.CardOf(outputs)["items"]!.AsArray().Single(item => (string?)item!["item"] == "grid")!["rows"]!.AsArray();
        Assert.Equal([0.5, 0.5, 0.5, 0.67, 0.67, 0.67], table.Select(row => Math.Round((double)row![2]!, 6)));
        Assert.Equal([false, false, false, false, true, false], table.Select(row => (bool)row![4]!));
    }

    [Fact]
    public async Task Ties_are_named_and_so_is_a_choice_on_test_rows()
    {
        var models = await ModelsAsync(3);

        var outputs = await SelectAsync(new("test.accuracy"), models, await MetricsAsync("test.accuracy", [0.5, 0.7, 0.7]));

        Assert.Same(models[1], outputs["model"]);
        Assert.EndsWith("0.7, as good as {models.2}", _run.Lines[^1], StringComparison.Ordinal);
        Assert.Equal(["chosen_on_test", "candidates_tied"], StageRun.CardOf(outputs)["items"]!.AsArray()
            .Where(item => (string?)item!["item"] == "warning").Select(item => (string)item!["name"]!));
    }

    [Fact]
    public async Task Each_model_has_a_number_of_its_experiment()
    {
        var refused = await Assert.ThrowsAsync<StageException>(
            async () => await SelectAsync(new("loss", Repetitions: [0]), await ModelsAsync(2), await MetricsAsync("loss", [1, 2])));
        Assert.Equal("repetitions", refused.Parameter);
    }

    [Fact]
    public async Task When_no_candidate_has_a_number_it_is_said()
    {
        var models = await ModelsAsync(2);
        var metrics = await MetricsAsync("loss", [double.NaN, double.PositiveInfinity]);

        var refused = await Assert.ThrowsAsync<StageException>(() => SelectAsync(new("loss"), models, metrics));

        Assert.Contains("{models.0}, {models.1}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_candidate_without_the_metric_is_named_with_the_metrics_there_are()
    {
        var models = await ModelsAsync(2);
        Metrics[] metrics = [.. await MetricsAsync("test.accuracy", [0.5]), .. await MetricsAsync("test.accurracy", [0.6])];

        var refused = await Assert.ThrowsAsync<StageException>(() => SelectAsync(new("test.accuracy"), models, metrics));

        Assert.Equal("There is no metric 'test.accuracy' of {metrics.1}.", refused.Message);
        Assert.Equal("All candidates have rows.", refused.Help);
        Assert.Equal("metric", refused.Parameter);
    }

    [Fact]
    public async Task Another_number_of_metrics_than_models_is_refused_with_both_named()
    {
        var models = await ModelsAsync(3);
        var metrics = await MetricsAsync("loss", [1, 2]);

        var refused = await Assert.ThrowsAsync<StageException>(() => SelectAsync(new("loss"), models, metrics));

        Assert.Equal("There are 3 models ({models.0}, {models.1}, {models.2}), but 2 metrics ({metrics.0}, {metrics.1}).", refused.Message);
    }

    private async Task<Model[]> ModelsAsync(int count)
    {
        var models = new Model[count];
        for (var i = 0; i < count; i++)
            models[i] = await _run.Write.ModelAsync(
                "fake", EncodingChain.Empty,
                folder => File.WriteAllTextAsync(Path.Combine(folder, Model.ConfigFileName), $"{{\"number\":{i}}}"),
                CancellationToken.None);
        return models;
    }

    private async Task<Metrics[]> MetricsAsync(string name, double[] values)
    {
        var metrics = new Metrics[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var written = await _run.Write
                .MetricsAsync(new Dictionary<string, double> { [name] = i, ["rows"] = 10 }, CancellationToken.None);
            // Nobody can write what is no number, but older stores have it.
            metrics[i] = written with { Values = new Dictionary<string, double> { [name] = values[i], ["rows"] = 10 } };
        }
        return metrics;
    }

    private Task<ArtifactSet> SelectAsync(SelectBest.Params parameters, Model[] models, Metrics[] metrics) => _run.RunAsync(
        new SelectBest(), parameters,
        [.. models.Select(model => ("models", (Artifact)model)), .. metrics.Select(one => ("metrics", (Artifact)one))]);
}
