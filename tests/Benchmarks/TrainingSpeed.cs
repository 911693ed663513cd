using System.Diagnostics;
using System.Globalization;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Kinds.Train;

namespace Pipelines.Benchmarks;

/// <summary>
/// Rows a second of train/seq2seq, beside a program that trains the same model. <c>training FOLDER EPOCHS ROWS [COMMAND…]</c>: the command
/// is run with FOLDER EPOCHS ROWS and prints one JSON line with rows_per_second, token_accuracy, exact_match, peak_mib.
/// </summary>
internal sealed class TrainingSpeed : IProgress<StageProgress>
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly SortedDictionary<double, (double From, long FromRows, double To, long ToRows)> _epochs = [];

    public static async Task<int> RunAsync(string[] arguments)
    {
        var (epochs, rows) = (int.Parse(arguments[1], CultureInfo.InvariantCulture), int.Parse(arguments[2], CultureInfo.InvariantCulture));
        var speed = new TrainingSpeed();
        var metrics = await speed.TrainAsync(arguments[0], epochs, rows);
        var ours = speed._epochs.Values.Max(epoch => (epoch.ToRows - epoch.FromRows) / (epoch.To - epoch.From));
        var (tokens, exact) = (metrics["validation.token_accuracy"], metrics["validation.exact_match"]);
        var peak = Process.GetCurrentProcess().PeakWorkingSet64 >> 20;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"ours: {ours:F0} rows/s, token accuracy {tokens:F4}, exact match {exact:F4}, peak {peak} MiB"));
        if (arguments.Length <= 3)
            return 0;
        var peer = Peer.Run([.. arguments[3..], arguments[0], arguments[1], arguments[2]]);
        Console.WriteLine($"peer: {peer.ToJsonString()}");
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"ratio: {ours / (double)peer["rows_per_second"]!:F2}"));
        return 0;
    }

    void IProgress<StageProgress>.Report(StageProgress value)
    {
        if (value.Values?.GetValueOrDefault("epoch") is not ({ } epoch and > 0))
            return;
        var now = _watch.Elapsed.TotalSeconds;
        var (from, fromRows) = _epochs.TryGetValue(epoch, out var known) ? (known.From, known.FromRows) : (now, value.Done);
        _epochs[epoch] = (from, fromRows, now, value.Done);
    }

    private async Task<IReadOnlyDictionary<string, double>> TrainAsync(string folder, int epochs, int rows)
    {
        using var bench = new StageBench(this);
        var table = await bench.CodesAsync(folder, rows);
        var outputs = await bench.RunAsync(new TrainSeq2seq(), new TrainSeq2seq.Params(new(Batch: 512, Epochs: epochs)), ("rows", table));
        return ((Metrics)outputs["metrics"]).Values;
    }
}
