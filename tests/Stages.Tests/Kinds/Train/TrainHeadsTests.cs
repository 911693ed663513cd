using Pipelines.Stages.Contracts;
using Pipelines.Stages.Kinds.Evaluate;
using Pipelines.Stages.Kinds.Explain;
using Pipelines.Stages.Kinds.Label;
using Pipelines.Stages.Kinds.Pad;
using Pipelines.Stages.Kinds.Predict;
using Pipelines.Stages.Kinds.Select;
using Pipelines.Stages.Kinds.Tokenize;
using Pipelines.Stages.Kinds.Train;
using Pipelines.Stages.Models.Layers;
using Pipelines.Stages.Models.Prediction;

namespace Pipelines.Tests.Stages.Kinds;

/// <summary>Letter, whole code and number of words of a text, learned side by side.</summary>
public sealed class TrainHeadsTests : IDisposable
{
    private static readonly Layer[] Shared = [new Layer.Embedding(12), new Layer.AveragePool()];

    private static readonly Head[] Heads =
    [
        new("letter", [new Layer.Dense()]), new("code", [new Layer.Dense(Activation.Relu, 16), new Layer.Dense()]),
        new("words", [new Layer.Dense(Activation.Linear)], 0.1, "length"),
    ];

    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Every_head_learns_and_is_measured()
    {
        var (rows, codes) = await TablesAsync();
        var metrics = (await TrainAsync(rows, codes)).MetricsOf();
        Assert.True(metrics["validation.letter.accuracy"] > 0.9, $"{metrics["validation.letter.accuracy"]}");
        Assert.True(metrics["validation.code.accuracy"] > 0.8, $"{metrics["validation.code.accuracy"]}");
        Assert.True(metrics["train.words.mean_absolute_error"] < 0.7, $"{metrics["train.words.mean_absolute_error"]}");
        Assert.Equal(metrics["validation.letter.accuracy"], metrics["validation.accuracy"]);
        Assert.Equal(
            metrics["validation.letter.loss"] + metrics["validation.code.loss"] + (0.1 * metrics["validation.words.loss"]),
            metrics["validation.loss"], 1e-5);
    }

    [Fact]
    public async Task The_first_head_predicts_is_evaluated_and_explained()
    {
        var (rows, codes) = await TablesAsync();
        var trained = await TrainAsync(rows, codes);
        using var predictor = Predictor.Load((Model)trained["model"], new());
        Assert.Equal("C", predictor.Predict(["plaie main"])[0].Label);
        var evaluated = await _run.RunAsync(
            new EvaluateClasses(), new EvaluateClasses.Params(["validation"]), ("model", trained["model"]), ("rows", rows));
        Assert.Equal(trained.MetricsOf()["validation.letter.accuracy"], evaluated.MetricsOf()["validation.accuracy"]);
        Assert.Equal(trained.MetricsOf()["validation.letter.loss"], evaluated.MetricsOf()["validation.loss"], 1e-5);
    }

    [Fact]
    public async Task Another_head_is_a_model_of_its_own()
    {
        var (rows, codes) = await TablesAsync();
        var trained = await TrainAsync(rows, codes);
        var code = (Model)(await HeadAsync(trained, "code"))["model"];
        var evaluated = await _run.RunAsync(
            new EvaluateClasses(), new EvaluateClasses.Params(["validation"]), ("model", code), ("rows", codes));
        Assert.Equal(trained.MetricsOf()["validation.code.accuracy"], evaluated.MetricsOf()["validation.accuracy"]);
        Assert.Equal(trained.MetricsOf()["validation.code.loss"], evaluated.MetricsOf()["validation.loss"], 1e-5);

        var predicted = await _run.RunAsync(new PredictTexts(), new PredictTexts.Params(["plaie main"]), ("model", code));
        Assert.Equal("C2", Assert.Single(await StageRun.ReadAsync((Table)predicted["rows"])).Values<string>("predicted")[0]);
        var explained = await _run.RunAsync(
            new ExplainIntegratedGradients(), new ExplainIntegratedGradients.Params(new(2, "validation"), new()), ("model", code),
            ("rows", codes));
        Assert.True(explained.MetricsOf().Values.All(double.IsFinite));
    }

    [Fact]
    public async Task A_head_can_tell_the_best_epoch()
    {
        var (rows, codes) = await TablesAsync();
        var metrics = (await TrainAsync(rows, codes, monitor: "validation.code.loss")).MetricsOf();
        Assert.InRange(metrics["best_epoch"], 1, 12);
        var error = Assert.Throws<StageException>(() => Params("validation.cod.loss"));
        Assert.Contains("validation.code.loss", error.Help, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupted_training_goes_on_to_the_same_bytes()
    {
        var (rows, codes) = await TablesAsync();
        var whole = await TrainAsync(rows, codes, work: "whole");
        using CancellationTokenSource stop = new();
        _run.Progressed = progress => stop.CancelAfter(progress.Values!["epoch"] > 2 ? 0 : -1);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => TrainAsync(rows, codes, work: "cut", cancellation: stop.Token));
        _run.Progressed = null;
        var resumed = await TrainAsync(rows, codes, work: "cut");
        Assert.Contains(_run.Lines, line => line.StartsWith("Resumed after epoch", StringComparison.Ordinal));
        Assert.Equal(whole.Weights(), resumed.Weights());
        Assert.Equal(whole["history"].Id, resumed["history"].Id);
        Assert.Equal(whole["metrics"].Id, resumed["metrics"].Id);
    }

    [Fact]
    public async Task Labels_come_for_every_head_with_classes()
    {
        var (rows, codes) = await TablesAsync();
        var few = await Assert.ThrowsAsync<StageException>(() => TrainAsync(rows));
        Assert.Equal("2 heads give classes, and 1 table with labels came in.", few.Message);
        var other = await _run.RunAsync(new LabelClasses(), new LabelClasses.Params(),
            ("rows", await _run.ClassesAsync(EncodedRows.Wordings(60))));
        var strange = await Assert.ThrowsAsync<StageException>(() => TrainAsync(rows, (Table)other["rows"]));
        Assert.Equal("The tables of `rows` and `labels` do not hold the same texts in the same order.", strange.Message);
        var headless = await Assert.ThrowsAsync<StageException>(() => RunAsync(
            new TrainClassifier.Params([.. Shared, new Layer.Dense()], EncodedRows.Training(1, 0.01)), "work", default, rows, codes));
        Assert.Equal("Further labels are learned by heads, and there are none.", headless.Message);
    }

    [Fact]
    public async Task Heads_that_are_not_there_cannot_be_taken()
    {
        var (rows, codes) = await TablesAsync();
        var trained = await TrainAsync(rows, codes, epochs: 1);
        Assert.Equal("It has letter, code, words.", (await Assert.ThrowsAsync<StageException>(() => HeadAsync(trained, "cod"))).Help);
        Assert.Equal(
            "The head 'words' gives a number, and no classes.",
            (await Assert.ThrowsAsync<StageException>(() => HeadAsync(trained, "words"))).Message);
        var plain = await RunAsync(
            new TrainClassifier.Params([.. Shared, new Layer.Dense()], EncodedRows.Training(1, 0.01)), "plain", default, rows);
        Assert.Equal(
            "A model of the architecture 'classifier' with one output has no heads.",
            (await Assert.ThrowsAsync<StageException>(() => HeadAsync(plain, "letter"))).Message);
    }

    private Task<ArtifactSet> HeadAsync(ArtifactSet trained, string name) =>
        _run.RunAsync(new SelectHead(), new SelectHead.Params(name), ("model", trained["model"]));

    private async Task<(Table Rows, Table Codes)> TablesAsync()
    {
        var words = await _run.RunAsync(
            new TokenizeWords(), new TokenizeWords.Params(), ("rows", await _run.TextsAsync(EncodedRows.Wordings(240, 48))));
        var padded = await _run.RunAsync(new Pad(), new Pad.Params(), ("rows", words["rows"]));
        var letters = await _run.RunAsync(new LabelPrefix(), new LabelPrefix.Params(1), ("rows", padded["rows"]));
        var codes = await _run.RunAsync(new LabelClasses(), new LabelClasses.Params(), ("rows", padded["rows"]));
        return ((Table)letters["rows"], (Table)codes["rows"]);
    }

    private static TrainClassifier.Params Params(string monitor, int epochs = 12) =>
        new(Shared, EncodedRows.Training(epochs, 0.02) with { Monitor = monitor }, Heads: Heads);

    private Task<ArtifactSet> TrainAsync(
        Table rows, Table? codes = null, string work = "work", int epochs = 12, string monitor = "validation.loss",
        CancellationToken cancellation = default) =>
        RunAsync(Params(monitor, epochs), work, cancellation, codes is null ? [rows] : [rows, codes]);

    private Task<ArtifactSet> RunAsync(
        TrainClassifier.Params parameters, string work, CancellationToken cancellation, params Table[] tables)
    {
        var context = _run.Context() with { WorkDirectory = Path.Combine(_run.Context().WorkDirectory, work) };
        Dictionary<string, IReadOnlyList<Artifact>> inputs = new() { ["rows"] = [tables[0]] };
        if (tables.Length > 1)
            inputs["labels"] = [.. tables[1..]];
        return ((IStage)new TrainClassifier()).RunAsync(new(inputs), parameters, context, cancellation);
    }
}
