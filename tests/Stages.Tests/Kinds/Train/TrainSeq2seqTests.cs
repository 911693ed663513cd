using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Kinds.Train;
using Pipelines.Stages.Models.Prediction;
using Pipelines.Stages.Models.Seq2Seq;
using Pipelines.Stages.Text;

namespace Pipelines.Tests.Stages.Kinds;

public sealed class TrainSeq2seqTests : IDisposable
{
    private static readonly TrainSeq2seq.Params Small = new(EncodedRows.Training(12, 0.01), Embedding: 12, Units: 20);

    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Codes_that_follow_from_the_words_are_learned()
    {
        var outputs = await _run.TrainAsync(new TrainSeq2seq(), Small, await _run.CodesAsync(EncodedRows.Wordings()));
        var metrics = outputs.MetricsOf();
        Assert.True(metrics["validation.exact_match"] > 0.9, $"exact match {metrics["validation.exact_match"]}");
        Assert.True(metrics["validation.token_accuracy"] >= metrics["validation.exact_match"]);

        using var predictor = Predictor.Load((Model)outputs["model"], new());
        var predictions = predictor.Predict(["douleur jambe", "", "douleur jambe inconnu"]);
        Assert.Equal("B1", predictions[0].Label);
        Assert.InRange(predictions[0].Confidence, 0.3, 1);
        Assert.Equal(3, predictions.Count);
    }

    [Theory]
    [InlineData(Attention.Bahdanau)]
    [InlineData(Attention.LuongGeneral)]
    [InlineData(Attention.LuongDot)]
    public async Task With_attention_they_are_learned_too(Attention attention)
    {
        var rows = await _run.CodesAsync(EncodedRows.Wordings());
        var outputs = await _run.TrainAsync(new TrainSeq2seq(), Small with { Attention = attention }, rows);
        Assert.True(outputs.MetricsOf()["validation.exact_match"] > 0.9, $"exact match {outputs.MetricsOf()["validation.exact_match"]}");
        using var predictor = Predictor.Load((Model)outputs["model"], new());
        Assert.Equal(["B1", "B1"], predictor.Predict(["douleur jambe", "douleur jambe avec"]).Select(prediction => prediction.Label));
        Assert.InRange(predictor.Predict([""], top: 3)[0].Top.Count, 1, 3);
    }

    /// <summary>Nothing of a bundle says that there could be attention.</summary>
    [Fact]
    public async Task Without_attention_bundles_are_as_they_were()
    {
        var outputs = await _run.TrainAsync(
            new TrainSeq2seq(), Small with { Training = EncodedRows.Training(1, 0.01) }, await _run.CodesAsync(EncodedRows.Wordings()));
        var config = await File.ReadAllTextAsync(Path.Combine(outputs["model"].Directory, Model.ConfigFileName));
        Assert.DoesNotContain("attention", config);
    }

    [Fact]
    public async Task Teacher_forcing_that_fades_changes_the_epochs_in_which_it_does()
    {
        var rows = await _run.CodesAsync(EncodedRows.Wordings());
        var always = Small with { Training = EncodedRows.Training(2, 0.01) };
        var fading = always with { TeacherForcing = new(Start: 1, End: 0.25) };
        var (first, second) = (await LossesAsync(always, "always"), await LossesAsync(fading, "fading"));
        Assert.Equal(first[0], second[0]);
        Assert.NotEqual(first[1], second[1]);
        Assert.Equal([1, 0.75, 0.5], new[] { 1, 2, 3 }.Select(epoch => new TeacherForcingSchedule(1, 0.5).ShareAt(epoch, epochs: 3)));
        Assert.Equal(0.8, new TeacherForcingSchedule(0.8, 0.5).ShareAt(epoch: 1, epochs: 1));

        async Task<double[]> LossesAsync(TrainSeq2seq.Params parameters, string work) =>
            [.. StageRun.CardOf(await _run.TrainAsync(new TrainSeq2seq(), parameters, rows, work))["items"]!.AsArray()
                .Single(item => (string)item!["name"]! == "history")!["rows"]!.AsArray().Select(row => (double)row![1]!)];
    }

    [Fact]
    public async Task Equal_seeds_give_equal_bytes_and_others_do_not()
    {
        var rows = await _run.CodesAsync(EncodedRows.Wordings());
        var parameters = Small with { Training = EncodedRows.Training(2, 0.01), Dropout = 0.2 };
        var first = (await _run.TrainAsync(new TrainSeq2seq(), parameters, rows, "first")).Weights();
        Assert.Equal(first, (await _run.TrainAsync(new TrainSeq2seq(), parameters, rows, "second")).Weights());
        Assert.NotEqual(first, (await _run.TrainAsync(new TrainSeq2seq(), parameters, rows, "third", seed: 8)).Weights());
    }

    [Fact]
    public async Task An_interrupted_training_goes_on_as_if_nothing_had_happened()
    {
        var rows = await _run.CodesAsync(EncodedRows.Wordings());
        var parameters = Small with { Training = EncodedRows.Training(4, 0.01), Dropout = 0.2 };
        var whole = await _run.TrainAsync(new TrainSeq2seq(), parameters, rows, "whole");
        await _run.TrainAsync(new TrainSeq2seq(), parameters with { Training = EncodedRows.Training(2, 0.01) }, rows, "parts");
        var resumed = await _run.TrainAsync(new TrainSeq2seq(), parameters, rows, "parts");
        Assert.Contains("Resumed after epoch 2 and 0 batches.", _run.Lines);
        Assert.Equal(whole.Weights(), resumed.Weights());
        Assert.Equal(whole["card"].Id, resumed["card"].Id);
        Assert.Equal(whole["metrics"].Id, resumed["metrics"].Id);
    }

    /// <summary>Two batches into the second epoch, and again after its last batch.</summary>
    [Theory]
    [InlineData(Attention.None, 1)]
    [InlineData(Attention.Bahdanau, 0.5)]
    [InlineData(Attention.LuongGeneral, 1)]
    public async Task A_cancelled_training_goes_on_at_the_batch_where_it_was(Attention attention, double forcing)
    {
        var rows = await _run.CodesAsync(EncodedRows.Wordings());
        var parameters = Small with
        {
            Training = EncodedRows.Training(3, 0.01),
            Dropout = 0.2,
            Attention = attention,
            TeacherForcing = new(End: forcing),
        };
        var whole = await _run.TrainAsync(new TrainSeq2seq(), parameters, rows, "whole");
        foreach (var rowsDone in new[] { 120 + 32, 240 })
        {
            using var cancelled = new CancellationTokenSource();
            _run.Progressed = progress =>
            {
                if (progress.Done >= rowsDone)
                    cancelled.Cancel();
            };
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                _run.TrainAsync(new TrainSeq2seq(), parameters, rows, "parts", cancellation: cancelled.Token));
        }
        _run.Progressed = null;
        var resumed = await _run.TrainAsync(new TrainSeq2seq(), parameters, rows, "parts");
        Assert.Contains("Resumed after epoch 1 and 2 batches.", _run.Lines);
        Assert.Contains("Resumed after epoch 1 and 8 batches.", _run.Lines);
        Assert.Equal(whole.Weights(), resumed.Weights());
        Assert.Equal(whole["card"].Id, resumed["card"].Id);
    }

    [Fact]
    public async Task A_damaged_checkpoint_starts_anew_and_says_so()
    {
        var rows = await _run.CodesAsync(EncodedRows.Wordings());
        var first = await _run.TrainAsync(new TrainSeq2seq(), Small with { Training = EncodedRows.Training(1, 0.01) }, rows, "damaged");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(_run.Context().WorkDirectory, "damaged"), "weights*"))
            File.WriteAllText(file, "cut off");
        var second = await _run.TrainAsync(new TrainSeq2seq(), Small with { Training = EncodedRows.Training(1, 0.01) }, rows, "damaged");
        Assert.Contains(_run.Lines, line => line.StartsWith("warning: The checkpoint cannot be read", StringComparison.Ordinal));
        Assert.Equal(first.Weights(), second.Weights());
    }

    [Fact]
    public async Task A_bit_of_a_checkpoint_that_changed_on_the_disk_gives_no_other_model()
    {
        var rows = await _run.CodesAsync(EncodedRows.Wordings());
        var training = Small with { Training = EncodedRows.Training(2, 0.01) };
        var first = await _run.TrainAsync(new TrainSeq2seq(), training, rows, "flipped");
        var folder = Path.Combine(_run.Context().WorkDirectory, "flipped");
        var names = Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(4, names.Count);
        var random = new Random(11);
        foreach (var name in names)
        {
            var path = Path.Combine(folder, name);
            var bytes = await File.ReadAllBytesAsync(path);
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            await File.WriteAllBytesAsync(path, bytes);
            _run.Lines.Clear();

            var second = await _run.TrainAsync(new TrainSeq2seq(), training, rows, "flipped");

            Assert.Contains(_run.Lines, line => line.StartsWith("warning: The checkpoint cannot be read", StringComparison.Ordinal));
            Assert.Equal(first.Weights(), second.Weights());
            Assert.Equal(first["card"].Id, second["card"].Id);
        }
    }

    [Fact]
    public async Task A_checkpoint_of_another_network_starts_anew()
    {
        var rows = await _run.CodesAsync(EncodedRows.Wordings());
        var large = Small with { Training = EncodedRows.Training(1, 0.01) };
        await _run.TrainAsync(new TrainSeq2seq(), large with { Units = large.Units + 1 }, rows, "other");

        var second = await _run.TrainAsync(new TrainSeq2seq(), large, rows, "other");

        Assert.Contains(_run.Lines, line => line.Contains("is of another network", StringComparison.Ordinal));
        Assert.Equal((await _run.TrainAsync(new TrainSeq2seq(), large, rows, "none")).Weights(), second.Weights());
    }

    [Fact]
    public async Task Padding_on_either_side_changes_nothing()
    {
        var parameters = Small with { Training = EncodedRows.Training(2, 0.01) };
        var after = await _run.TrainAsync(new TrainSeq2seq(), parameters, await _run.CodesAsync(EncodedRows.Wordings()), "after");
        var before = await _run.TrainAsync(new TrainSeq2seq(), parameters, await _run.CodesAsync(EncodedRows.Wordings(), PaddingSide.Pre),
            "before");
        Assert.Equal(after.Weights(), before.Weights());
    }

    [Fact]
    public async Task Without_masking_padding_is_read()
    {
        var rows = await _run.CodesAsync(EncodedRows.Wordings());
        var masked = await _run.TrainAsync(new TrainSeq2seq(), Small with { Training = EncodedRows.Training(1, 0.01) }, rows, "masked");
        var unmasked = await _run.TrainAsync(new TrainSeq2seq(), Small with { Training = EncodedRows.Training(1, 0.01), Masking = false },
            rows, "unmasked");
        Assert.NotEqual(masked.Weights(), unmasked.Weights());
        using var predictor = Predictor.Load((Model)unmasked["model"], new());
        Assert.Single(predictor.Predict(["fracture bras"]));
    }

    [Fact]
    public async Task Only_valid_codes_are_written_when_asked_for()
    {
        var outputs = await _run.TrainAsync(new TrainSeq2seq(), Small with { Training = EncodedRows.Training(1, 0.01) },
            await _run.CodesAsync(EncodedRows.Wordings()));
        using var predictor = Predictor.Load((Model)outputs["model"], new(Constrained: true));
        var valid = EncodedRows.Wordings().Select(row => row.Label).ToHashSet();
        Assert.All(predictor.Predict(["x", "plaie", "dos avec", ""]), prediction => Assert.Contains(prediction.Label, valid));
    }

    [Fact]
    public async Task Training_stops_when_patience_is_over_and_keeps_the_best_epoch()
    {
        var outputs = await _run.TrainAsync(
            new TrainSeq2seq(),
            Small with { Training = Small.Training with { Epochs = 60, Monitor = "validation.token_accuracy", EarlyStopping = new(2) } },
            await _run.CodesAsync(EncodedRows.Wordings()));
        var history = StageRun.CardOf(outputs)["items"]!.AsArray().Single(item => (string)item!["name"]! == "history")!["rows"]!.AsArray();
        var accuracies = history.Select(row => (double)row![4]!).ToList();
        Assert.InRange(history.Count, 3, 59);
        Assert.Equal(accuracies.IndexOf(accuracies.Max()) + 1, outputs.MetricsOf()["best_epoch"]);
        Assert.Equal(history.Count - 2, outputs.MetricsOf()["best_epoch"]);
    }

    [Fact]
    public void A_metric_that_is_not_measured_is_refused()
    {
        var error = Assert.Throws<StageException>(() => new TrainSeq2seq.Params(Small.Training with { Monitor = "validation.f1" }));
        Assert.Equal("monitor", error.Parameter);
        Assert.Contains("validation.token_accuracy", error.Help);
    }

    [Fact]
    public async Task A_cancelled_training_stops()
    {
        var rows = await _run.CodesAsync(EncodedRows.Wordings());
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            _run.TrainAsync(new TrainSeq2seq(), Small, rows, cancellation: cancelled.Token));
    }
}
