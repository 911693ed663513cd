using Pipelines.Stages.Contracts;
using Pipelines.Stages.Kinds.Compare;

namespace Pipelines.Tests.Stages.Kinds;

public sealed class CompareFoldsTests : IDisposable
{
    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task An_experiment_over_folds_is_one_line_with_mean_deviation_and_interval()
    {
        // Accuracies .5 .6 .7 and .6 .8 .7, whatever order the predictions come in.
        var outputs = await CompareAsync(new(Repetitions: [0, 1, 0, 1, 1, 0]),
            Fold(1, right: 5), Fold(1, right: 6), Fold(2, right: 6), Fold(2, right: 8), Fold(3, right: 7), Fold(3, right: 7));

        var metrics = outputs.MetricsOf();
        Assert.Equal((30.0, 3.0), (metrics["test.rows"], metrics["test.folds"]));
        Assert.Equal(0.6, metrics["test.model_1.accuracy"], 12);
        Assert.Equal(0.1, metrics["test.model_1.accuracy_deviation"], 12);
        // t of 2 degrees is 4.3027; 0.1 · √(1/3 + 1/2).
        Assert.Equal(0.6 - (4.302652730 * 0.1 * Math.Sqrt(5 / 6.0)), metrics["test.model_1.accuracy_low"], 8);
        Assert.Equal(0.7, metrics["test.model_2.accuracy"], 12);
        Assert.Equal(0.1, metrics["test.model_2_minus_1.accuracy"], 12);
        Assert.Equal("2", FoldsAhead(outputs)[0]);
        Assert.Equal(["{predictions.0*}", "{predictions.1*}"], Models(outputs));
    }

    [Fact]
    public async Task Trainings_with_several_seeds_on_a_fold_count_as_one()
    {
        var outputs = await CompareAsync(new(Repetitions: [4, 4, 4, 4]),
            Fold(1, right: 4), Fold(1, right: 6), Fold(2, right: 7), Fold(2, right: 9));

        Assert.Equal(0.65, outputs.MetricsOf()["test.model_1.accuracy"], 12);
        Assert.Equal(Math.Sqrt(0.045), outputs.MetricsOf()["test.model_1.accuracy_deviation"], 12);
    }

    [Fact]
    public async Task One_fold_alone_is_refused()
    {
        var refused = await Assert.ThrowsAsync<StageException>(() => CompareAsync(new(), Fold(1, right: 4), Fold(1, right: 6)));

        Assert.Equal("All predictions are of the same rows, so there is one fold only.", refused.Message);
    }

    [Fact]
    public async Task A_fold_that_a_model_was_not_evaluated_on_is_named()
    {
        var refused = await Assert.ThrowsAsync<StageException>(
            () => CompareAsync(new(Repetitions: [0, 0, 1]), Fold(1, right: 4), Fold(2, right: 6), Fold(1, right: 6)));

        Assert.Equal("{predictions.2*} has no predictions of the rows of {predictions.1}.", refused.Message);
    }

    [Fact]
    public async Task A_fold_without_rows_is_refused()
    {
        var refused = await Assert.ThrowsAsync<StageException>(
            () => CompareAsync(new("validation"), Fold(1, right: 4), Fold(2, right: 6)));

        Assert.Equal(("{predictions.0} has no predictions of the split 'validation'.", "split"), (refused.Message, refused.Parameter));
    }

    private static string[] Models(ArtifactSet outputs) => [.. Grid(outputs, "scores_over_folds").Select(row => (string)row![1]!)];

    private static string[] FoldsAhead(ArtifactSet outputs) =>
        [.. Grid(outputs, "tests_over_folds").Select(row => ((string)row![3]!).Split('/')[0])];

    private static System.Text.Json.Nodes.JsonArray Grid(ArtifactSet outputs, string name) =>
        StageRun.CardOf(outputs)["items"]!.AsArray().Single(item => (string)item!["name"]! == name)!["rows"]!.AsArray();

    private static (int Fold, int Right) Fold(int fold, int right) => (fold, right);

    private async Task<ArtifactSet> CompareAsync(CompareFolds.Params parameters, params (int Fold, int Right)[] answers)
    {
        List<(string, Artifact)> tables = [];
        foreach (var (fold, right) in answers)
            tables.Add(("predictions", await _run.TableAsync(
                new Values<string>(Columns.Split, [.. Enumerable.Repeat("test", 10)]),
                new Values<string>(Columns.Text, [.. Enumerable.Range(0, 10).Select(row => $"text {row} of {fold}")]),
                new Values<string>(Columns.Label, [.. Enumerable.Repeat("a", 10)]),
                new Values<string>(Columns.Predicted, [.. Enumerable.Range(0, 10).Select(row => row < right ? "a" : "b")]),
                new Values<bool>(Columns.Correct, [.. Enumerable.Range(0, 10).Select(row => row < right)]))));
        return await _run.RunAsync(new CompareFolds(), parameters, [.. tables]);
    }
}
