using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Kinds.Embed;
using Pipelines.Stages.Kinds.Evaluate;
using Pipelines.Stages.Kinds.Export;
using Pipelines.Stages.Kinds.Label;
using Pipelines.Stages.Kinds.Load;
using Pipelines.Stages.Kinds.Split;
using Pipelines.Stages.Kinds.Tokenize;
using Pipelines.Stages.Kinds.Train;
using Pipelines.Stages.Models.Transformers;
using Pipelines.Stages.Text.Splitting;
using Pipelines.Stages.Training;
using Pipelines.Stages.Training.Optimization;

namespace Pipelines.Benchmarks;

/// <summary>
/// Fine-tuning of the package's encoder on financial sentences, beside a program that does the same (peers/minilm_pytorch.py).
/// <c>encoder SENTENCES EPOCHS PADDED_ROWS [COMMAND…]</c>: all rows by length, here in 32 and in 16 bits; of the padded way (slow) as
/// many rows as are asked for; and sixteen epochs of the head alone, here on features that are computed once.
/// </summary>
internal sealed class EncoderSpeed : IDisposable
{
    private const int Batch = 16, PaddedBatch = 8, PaddedLength = 128, FrozenEpochs = 16;

    private readonly EpochRates _rates = new();
    private readonly StageBench _bench;
    private readonly string _sentences;
    private readonly int _epochs;

    private EncoderSpeed(string sentences, int epochs)
    {
        (_bench, _sentences, _epochs) = (new(_rates), sentences, epochs);
    }

    public static async Task<int> RunAsync(string[] arguments)
    {
        using EncoderSpeed speed = new(Path.GetFullPath(arguments[0]), int.Parse(arguments[1], CultureInfo.InvariantCulture));
        LoadEncoder.Params minilm = new(Package: EncoderPackage.Minilm);
        var encoder = (Model)(await speed._bench.RunAsync(new LoadEncoder(), minilm))["model"];
        var rows = await speed.RowsAsync(encoder);
        var narrow = await speed.TrainAsync(rows, encoder, Precision.Bfloat16);
        var wide = await speed.TrainAsync(rows, encoder, Precision.Float32);
        var frozen = await speed.FrozenAsync(rows, encoder);
        if (arguments.Length > 3)
            await speed.CompareAsync(encoder, arguments[2], arguments[3..], wide, narrow, frozen);
        return 0;
    }

    public void Dispose() => _bench.Dispose();

    private async Task CompareAsync(
        Model encoder, string paddedRows, string[] command, double wide, double narrow, (double Seconds, int Rows) frozen)
    {
        var folder = ((Model)(await _bench.RunAsync(new ExportHuggingface(), new ExportHuggingface.Params(), ("model", encoder)))["model"])
            .Directory;
        string[] padded = ["1", Text(PaddedBatch), Text(PaddedLength), paddedRows];
        var byLength = Rate(Peer.Run([.. command, "--by-length", folder, _sentences, Text(_epochs), Text(Batch), Text(PaddedLength)]));
        var asPadded = Rate(Peer.Run([.. command, folder, _sentences, .. padded]));
        var head = Rate(Peer.Run([.. command, "--frozen", folder, _sentences, .. padded]));
        Show($"float32: {wide / byLength:F2} x by length, {wide / asPadded:F2} x padded");
        Show($"bfloat16: {narrow / byLength:F2} x by length, {narrow / asPadded:F2} x padded");
        Show($"{FrozenEpochs} epochs of the head: 1/{FrozenEpochs * frozen.Rows / head / frozen.Seconds:F0} of the padded way's time");
    }

    private async Task<Table> RowsAsync(Model encoder)
    {
        var load = new LoadDelimited.Params(
            "@", new(new(_sentences), Select: new("text", "label")), ["text", "label"], Quoted: false, SplitLast: true,
            Encoding: "iso-8859-1");
        var loaded = (await _bench.RunAsync(new LoadDelimited(), load))["rows"];
        var parts = (await _bench.RunAsync(
            new SplitRandom(), new SplitRandom.Params(0.85, 0, ShuffleMethod.Python), ("rows", loaded)))["rows"];
        var tokens = (await _bench.RunAsync(
            new TokenizeEncoder(), new TokenizeEncoder.Params(PaddedLength), ("rows", parts), ("encoder", encoder)))["rows"];
        var classes = new LabelClasses.Params(["negative", "neutral", "positive"]);
        return (Table)(await _bench.RunAsync(new LabelClasses(), classes, ("rows", tokens)))["rows"];
    }

    /// <summary>Rows a second of the fastest epoch.</summary>
    private async Task<double> TrainAsync(Table rows, Model encoder, Precision precision)
    {
        TrainingParams training = new(
            Batch, _epochs, new OptimizerParams.Adamw(5e-5, 0.01), new Schedule.Linear(), Monitor: "train.loss");
        var trained = await _bench.RunAsync(
            new TrainTransformer(), new TrainTransformer.Params(training, Precision: precision), ("rows", rows), ("encoder", encoder));
        var rate = _rates.TakeBest();
        Show($"ours, {precision}: {rate:F1} rows/s, accuracy {await AccuracyAsync(trained["model"], rows):F4}");
        return rate;
    }

    /// <summary>Seconds of features and head together, and how many rows the head learnt from.</summary>
    private async Task<(double Seconds, int Rows)> FrozenAsync(Table rows, Model encoder)
    {
        var watch = Stopwatch.StartNew();
        var vectors = Beside((Table)(await _bench.RunAsync(
            new EmbedTexts(), new EmbedTexts.Params(Pooling.Mean), ("rows", rows), ("encoder", encoder)))["rows"], rows);
        var features = watch.Elapsed.TotalSeconds;
        TrainingParams training = new(
            PaddedBatch, FrozenEpochs, new OptimizerParams.Adamw(5e-3, 0.01), new Schedule.Linear(), Monitor: "train.loss");
        var trained = await _bench.RunAsync(
            new TrainTransformer(), new TrainTransformer.Params(training, Pooling.Mean, Frozen: true), ("rows", vectors),
            ("encoder", encoder));
        var seconds = watch.Elapsed.TotalSeconds;
        var accuracy = await AccuracyAsync(trained["model"], rows);
        Show($"ours, frozen: features {features:F1} s, {FrozenEpochs} epochs {seconds - features:F1} s, accuracy {accuracy:F4}");
        return (seconds, (int)(0.85 * rows.Rows));
    }

    /// <summary>With the columns that pass a stage by, as the runner hands them on.</summary>
    private static Table Beside(Table output, Table input)
    {
        var passed = input.Columns.Where(column => output.Find(column.Name) is null).ToList();
        return output with
        {
            Columns = [.. output.Columns, .. passed],
            Carried = [input.Only([.. passed.Select(column => column.Name)])],
        };
    }

    private async Task<double> AccuracyAsync(Artifact model, Table rows) => ((Metrics)(await _bench.RunAsync(
        new EvaluateClasses(), new EvaluateClasses.Params(["test"], Resamples: 0), ("model", model), ("rows", rows)))["metrics"])
        .Values["test.accuracy"];

    private static double Rate(JsonNode peer) => (double)peer["rows_per_second"]!;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Show(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
