using System.Diagnostics;
using System.Globalization;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Kinds.Train;

namespace Pipelines.Benchmarks;

/// <summary>
/// Rows a second of train/seq2seq, beside a program that trains the same model. <c>training FOLDER EPOCHS ROWS [COMMAND…]</c>: the command
/// is run with FOLDER EPOCHS ROWS and prints one JSON line with rows_per_second, token_accuracy, exact_match, peak_mib.
/// </summary>
internal static class TrainingSpeed
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var (epochs, rows) = (int.Parse(arguments[1], CultureInfo.InvariantCulture), int.Parse(arguments[2], CultureInfo.InvariantCulture));
        var rates = new EpochRates();
        var metrics = await TrainAsync(arguments[0], epochs, rows, rates);
        var ours = rates.TakeBest();
        var (tokens, exact) = (metrics["validation.token_accuracy"], metrics["validation.exact_match"]);
        var peak = Process.GetCurrentProcess().PeakWorkingSet64 >> 20;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"ours: {ours:F0} rows/s, token accuracy {tokens:F4}, exact match {exact:F4}, peak {peak} MiB"));
        if (arguments.Length <= 3)
            return 0;
        var peer = Peer.Run([.. arguments[3..], arguments[0], arguments[1], arguments[2]]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio: {ours / (double)peer["rows_per_second"]!:F2}"));
        return 0;
    }

    private static async Task<IReadOnlyDictionary<string, double>> TrainAsync(string folder, int epochs, int rows, EpochRates rates)
    {
        using var bench = new StageBench(rates);
        var table = await bench.CodesAsync(folder, rows);
        var outputs = await bench.RunAsync(new TrainSeq2seq(), new TrainSeq2seq.Params(new(Batch: 512, Epochs: epochs)), ("rows", table));
        return ((Metrics)outputs["metrics"]).Values;
    }
}
