using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Kinds.Compare;

namespace Pipelines.Tests.Stages.Kinds;

public sealed class CompareModelsTests : IDisposable
{
    private static readonly string[] Labels = ["a", "b"];

    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Models_are_measured_and_tested_two_by_two()
    {
        // 20 rows on which they differ: 5 for the first, 15 for the second, as in the textbook case of McNemar's test.
        var first = Answers(100, row => row is < 5 or >= 20);
        var second = Answers(100, row => row >= 5);
        var third = Answers(100, row => row >= 5);

        var outputs = await CompareAsync(new(), first, second, third);

        var metrics = ((Metrics)outputs["metrics"]).Values;
        Assert.Equal(0.85, metrics["test.model_1.accuracy"], 12);
        Assert.Equal(0.95, metrics["test.model_2.accuracy"], 12);
        Assert.Equal(0.10, metrics["test.model_2_minus_1.accuracy"], 12);
        Assert.Equal(0.04138946533203125, metrics["test.model_2_minus_1.p_value"], 12);
        Assert.Equal(3 * 0.04138946533203125, metrics["test.model_3_minus_1.p_value_corrected"], 12);
        Assert.Equal((0.0, 0.0, 0.0),
            (metrics["test.model_3_minus_2.accuracy"], metrics["test.model_3_minus_2.accuracy_low"],
                metrics["test.model_3_minus_2.accuracy_high"]));
        Assert.Equal(1, metrics["test.model_3_minus_2.p_value"]);
        Assert.InRange(metrics["test.model_2_minus_1.accuracy_low"], -0.01, 0.05);
        Assert.InRange(metrics["test.model_2_minus_1.accuracy_high"], 0.15, 0.21);
        Assert.Contains("test.model_2.macro_f1_low", metrics.Keys);
        Assert.Contains("{predictions.1} − {predictions.0}: accuracy +0.1000", _run.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_rows_with_different_answers_are_listed_model_by_model()
    {
        var outputs = await CompareAsync(new(), Answers(6, row => row != 1), Answers(6, row => row != 4));

        var rows = Assert.Single(await StageRun.ReadAsync((Table)outputs["differences"]));
        Assert.Equal([2, 2, 5, 5], rows.Values<int>("row").Items);
        Assert.Equal(["text 1", "text 1", "text 4", "text 4"], rows.Values<string>("text").Items);
        Assert.Equal(["{predictions.0}", "{predictions.1}", "{predictions.0}", "{predictions.1}"], rows.Values<string>("model").Items);
        Assert.Equal([false, true, true, false], rows.Values<bool>("correct").Items);
        var disagreements = StageRun.CardOf(outputs)["items"]!.AsArray()
            .Single(item => (string)item!["name"]! == "disagreements")!["rows"]!.AsArray();
        Assert.Equal(["text 1", "b", "B", "A (a)"], disagreements[0]!.AsArray().Select(cell => (string)cell!));
    }

    [Fact]
    public async Task Models_that_always_agree_have_an_empty_table_and_no_difference()
    {
        var outputs = await CompareAsync(new(), Answers(6, row => row != 1), Answers(6, row => row != 1));

        Assert.Equal(0, ((Table)outputs["differences"]).Rows);
        Assert.Equal(1, ((Metrics)outputs["metrics"]).Values["test.model_2_minus_1.p_value_corrected"]);
    }

    [Theory]
    [InlineData(F1Scores.Auto, 2, true)]
    [InlineData(F1Scores.Auto, 60, false)]
    [InlineData(F1Scores.Always, 60, true)]
    [InlineData(F1Scores.Never, 2, false)]
    public async Task F1_is_measured_where_it_means_something(F1Scores wanted, int labels, bool measured)
    {
        var rows = Enumerable.Range(0, 120)
            .Select(row => new Answer("test", $"text {row}", $"c{row % labels}", row % 3 == 0 ? "c0" : $"c{row % labels}")).ToArray();

        var outputs = await CompareAsync(new(F1: wanted, Resamples: 100), rows, rows);

        Assert.Equal(measured, ((Metrics)outputs["metrics"]).Values.ContainsKey("test.model_1.macro_f1"));
    }

    [Fact]
    public async Task Only_the_rows_of_the_split_count()
    {
        Answer[] validation = [.. Answers(30, _ => false).Select(answer => answer with { Split = "validation" })];

        var outputs = await CompareAsync(new(), [.. validation, .. Answers(10, _ => true)], Answers(10, _ => true));

        Assert.Equal((10.0, 1.0),
            (((Metrics)outputs["metrics"]).Values["test.rows"], ((Metrics)outputs["metrics"]).Values["test.model_1.accuracy"]));
    }

    [Fact]
    public async Task Other_rows_are_refused_with_the_first_that_differs()
    {
        var changed = Answers(5, _ => true);
        changed[2] = changed[2] with { Text = "another" };

        var refused = await RefusedAsync(new(), Answers(5, _ => true), changed);

        Assert.Equal("Row 3 of the split 'test' is 'another' (a) of {predictions.1}, but 'text 2' (a) of {predictions.0}.",
            refused.Message);
    }

    [Fact]
    public async Task Another_number_of_rows_is_refused()
    {
        var refused = await RefusedAsync(new(), Answers(5, _ => true), Answers(7, _ => true));

        Assert.Equal("{predictions.1} has 7 predictions of the split 'test', but {predictions.0} has 5.", refused.Message);
    }

    [Fact]
    public async Task A_split_that_is_not_there_is_refused_with_those_that_are()
    {
        var refused = await RefusedAsync(new("dev"), Answers(5, _ => true), Answers(5, _ => true));

        Assert.Equal(("{predictions.0} has no predictions of the split 'dev'.", "It has test.", "split"),
            (refused.Message, refused.Help, refused.Parameter));
    }

    [Fact]
    public async Task One_model_alone_is_refused() =>
        Assert.Equal("There is only one model, and nothing to compare it with.",
            (await RefusedAsync(new(), Answers(5, _ => true))).Message);

    private static Answer[] Answers(int rows, Func<int, bool> isRight) => [.. Enumerable.Range(0, rows).Select(row =>
        new Answer("test", $"text {row}", Labels[row % 2], Labels[isRight(row) ? row % 2 : 1 - (row % 2)]))];

    private async Task<StageException> RefusedAsync(CompareModels.Params parameters, params Answer[][] models) =>
        await Assert.ThrowsAsync<StageException>(() => CompareAsync(parameters, models));

    private async Task<ArtifactSet> CompareAsync(CompareModels.Params parameters, params Answer[][] models)
    {
        List<(string, Artifact)> tables = [];
        foreach (var answers in models)
            tables.Add(("predictions", await _run.TableAsync(
                new Values<string>("split", [.. answers.Select(answer => answer.Split)]),
                new Values<string>("text", [.. answers.Select(answer => answer.Text)]),
                new Values<string>("label", [.. answers.Select(answer => answer.Label)]),
                new Values<string>("predicted", [.. answers.Select(answer => answer.Predicted)]),
                new Values<bool>("correct", [.. answers.Select(answer => answer.Label == answer.Predicted)]))));
        return await _run.RunAsync(new CompareModels(), parameters, [.. tables]);
    }

    private sealed record Answer(string Split, string Text, string Label, string Predicted);
}
