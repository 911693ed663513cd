using System.Text.Json.Nodes;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Kinds.Train;
using Pipelines.Stages.Models.Layers;
using Pipelines.Stages.Training;
using Pipelines.Stages.Training.Optimization;

namespace Pipelines.Tests.Stages.Kinds;

/// <summary>What every kind of training does with its parameters, seen through train/classifier.</summary>
public sealed class TrainingParamsTests : IDisposable
{
    private static readonly Layer[] Network = [new Layer.Embedding(8), new Layer.Lstm(6), new Layer.Dropout(0.2), new Layer.Dense()];

    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    public static TheoryData<TrainingParams> Ways => new()
    {
        new TrainingParams(16, 4, new OptimizerParams.Adamw(0.02, 0.1), new Schedule.Linear(0.2), ClipNorm: 0.5),
        new TrainingParams(16, 4, new OptimizerParams.Sgd(0.5, 0.9, Nesterov: true), new Schedule.Cosine(0.1, 0.05), LabelSmoothing: 0.1),
        new TrainingParams(16, 4, new OptimizerParams.Rmsprop(0.02), new Schedule.Plateau(0.5, 1, MinDelta: 0.3), L2: 1e-4),
        new TrainingParams(16, 4, new OptimizerParams.Adam(0.02), new Schedule.Constant(0.5), L1: 1e-5, EarlyStopping: new(2, 0.001)),
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_training_that_is_cut_anywhere_gives_the_bytes_of_one_that_is_not(TrainingParams training)
    {
        var rows = await _run.ClassesAsync(EncodedRows.Wordings());
        var whole = await TrainAsync(training, rows, "whole");
        for (var cut = 3; ; cut += 9)
        {
            using var stop = new CancellationTokenSource();
            var batches = 0;
            _run.Progressed = _ =>
            {
                if (++batches == cut)
                    stop.Cancel();
            };
            try
            {
                var resumed = await TrainAsync(training, rows, "parts", stop.Token);
                Assert.Equal(whole.Weights(), resumed.Weights());
                Assert.Equal(whole["card"].Id, resumed["card"].Id);
                Assert.True(cut > 3, "Nothing was cut.");
                return;
            }
            catch (OperationCanceledException)
            {
            }
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_training_that_stopped_early_and_goes_on_gives_the_bytes_of_one_that_did_not_stop(TrainingParams training)
    {
        var rows = await _run.ClassesAsync(EncodedRows.Wordings());
        var whole = await TrainAsync(training, rows, "whole");

        foreach (var rung in new[] { 1, 3 })
            Assert.InRange(History(await TrainAsync(training with { StopAfter = rung }, rows, "rungs"), "epoch").Count, 1, rung);
        var rest = await TrainAsync(training, rows, "rungs");

        Assert.Equal(whole.Weights(), rest.Weights());
        Assert.Equal(whole["card"].Id, rest["card"].Id);
        Assert.Contains(_run.Lines, line => line.Contains("Resumed after epoch 1 and 0 batches", StringComparison.Ordinal));
        // What a longer training left behind is more than a shorter one may know.
        var first = await TrainAsync(training with { StopAfter = 1 }, rows, "rungs");
        Assert.Equal((await TrainAsync(training with { StopAfter = 1 }, rows, "one")).Weights(), first.Weights());
    }

    [Fact]
    public async Task The_rate_of_each_epoch_is_told()
    {
        var outputs = await TrainAsync(
            new(16, 4, new OptimizerParams.Adam(0.02), new Schedule.Linear()), await _run.ClassesAsync(EncodedRows.Wordings()));
        var rates = History(outputs, "learning_rate").Select(rate => Math.Round((double)rate!, 9)).ToList();
        // 8 batches an epoch: the last step of the first one is the 8th of 32.
        Assert.Equal([0.02 * 25 / 32, 0.02 * 17 / 32, 0.02 * 9 / 32, 0.02 / 32], rates);
    }

    [Fact]
    public async Task Smoothing_raises_the_loss_of_training_and_not_how_validation_is_measured()
    {
        var rows = await _run.ClassesAsync(EncodedRows.Wordings());
        var plain = (await TrainAsync(new(16, 1, new OptimizerParams.Sgd(1e-6)), rows, "plain")).MetricsOf();
        var smooth = (await TrainAsync(new(16, 1, new OptimizerParams.Sgd(1e-6), LabelSmoothing: 0.5), rows, "smooth")).MetricsOf();
        Assert.Equal(plain["validation.loss"], smooth["validation.loss"], 1e-4);
        Assert.NotEqual(plain["train.loss"], smooth["train.loss"]);
    }

    [Theory]
    [InlineData(100, 10)]
    [InlineData(100, 1000)]
    public async Task A_training_that_diverges_fails_and_says_where(double rate, double l2)
    {
        var error = await Assert.ThrowsAsync<StageException>(async () => await TrainAsync(
            new(16, 3, new OptimizerParams.Sgd(rate), L2: l2), await _run.ClassesAsync(EncodedRows.Wordings())));
        Assert.Matches(@"^Training diverged in epoch 1, batch \d+: .+ \(largest gradient \d(\.\d+)?E\+\d+\)\.$", error.Message);
        Assert.Contains("try a smaller learning rate (now 100, e.g. 10)", error.Help);
        Assert.Contains("clip_norm", error.Help);
        Assert.Equal("optimizer", error.Parameter);
    }

    [Fact]
    public async Task The_best_epoch_before_can_be_kept()
    {
        // Warm-up keeps the rate small for an epoch, then it is far too large.
        var training = new TrainingParams(16, 12, new OptimizerParams.Sgd(100), new Schedule.Constant(0.99), L2: 0.5);
        var rows = await _run.ClassesAsync(EncodedRows.Wordings());
        var failure = await Assert.ThrowsAsync<StageException>(() => TrainAsync(training, rows, "stop"));
        Assert.Contains("'on_divergence: keep-best' would keep the best epoch before", failure.Help);

        var outputs = await TrainAsync(training with { OnDivergence = OnDivergence.KeepBest }, rows, "keep");
        var warning = StageRun.CardOf(outputs)["items"]!.AsArray().Single(item => (string)item!["name"]! == "training_diverged")!;
        Assert.Equal(outputs.MetricsOf()["best_epoch"], (double)warning["values"]!["kept"]!);
        Assert.Contains(_run.Lines, line => line.StartsWith("warning: Training diverged in epoch", StringComparison.Ordinal));
        Assert.All(outputs.MetricsOf().Values, value => Assert.True(double.IsFinite(value)));
        Assert.True((int)warning["values"]!["epoch"]! == History(outputs, "epoch").Count + 1);
    }

    private Task<ArtifactSet> TrainAsync(TrainingParams training, Table rows, string work = "work",
        CancellationToken cancellation = default) =>
        _run.TrainAsync(new TrainClassifier(), new TrainClassifier.Params(Network, training), rows, work, cancellation: cancellation);

    private static List<JsonNode?> History(ArtifactSet outputs, string column)
    {
        var grid = StageRun.CardOf(outputs)["items"]!.AsArray().Single(item => (string)item!["name"]! == "history")!;
        var place = grid["columns"]!.AsArray().Select(name => (string)name!["name"]!).ToList().IndexOf(column);
        return [.. grid["rows"]!.AsArray().Select(row => row!.AsArray()[place])];
    }
}
