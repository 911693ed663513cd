using System.Globalization;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Kinds.Train;
using Pipelines.Stages.Models.Layers;

namespace Pipelines.Benchmarks;

/// <summary>
/// Rows a second of train/classifier beside PyTorch, padded alike and with batches by length. <c>classifying FOLDER EPOCHS ROWS BATCH
/// PEER [NETWORK]</c>: PEER is peers/classifier_pytorch.py; without NETWORK both are trained.
/// </summary>
internal static class ClassifierSpeed
{
    private static readonly (string Name, Layer[] Layers)[] Networks =
    [
        ("lstm", [new Layer.Embedding(100), new Layer.Lstm(50), new Layer.Dense()]),
        ("bilstm-conv",
            [
                new Layer.Embedding(100), new Layer.Lstm(128, Bidirectional: true), new Layer.Conv1d(32), new Layer.AveragePool(),
                new Layer.Dense(),
            ]),
    ];

    public static async Task<int> RunAsync(string[] arguments)
    {
        var (folder, peer) = (arguments[0], arguments[4]);
        var (epochs, rows, batch) = (Number(arguments[1]), Number(arguments[2]), Number(arguments[3]));
        foreach (var (name, layers) in Networks.Where(network => arguments.Length < 6 || network.Name == arguments[5]))
        {
            var padded = await TrainAsync(layers, folder, epochs, rows, batch, masking: false);
            var byLength = await TrainAsync(layers, folder, epochs, rows, batch, masking: true);
            string[] same = [name, folder, arguments[1], arguments[2], arguments[3]];
            var (theirs, theirsByLength) = (Peer.Run([peer, .. same]), Peer.Run([peer, "--by-length", .. same]));
            var (speed, speedByLength) = ((double)theirs["rows_per_second"]!, (double)theirsByLength["rows_per_second"]!);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name}: ours padded {padded.Speed:F0} rows/s (accuracy {padded.Accuracy:F4}), "
                    + $"by length {byLength.Speed:F0} ({byLength.Accuracy:F4})"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name}: ratios padded {padded.Speed / speed:F2}, by length to padded {byLength.Speed / speed:F2}, "
                    + $"both by length {byLength.Speed / speedByLength:F2}"));
        }
        return 0;
    }

    private static async Task<(double Speed, double Accuracy)> TrainAsync(
        Layer[] layers, string folder, int epochs, int rows, int batch, bool masking)
    {
        EpochRates rates = new();
        using StageBench bench = new(rates);
        var table = await bench.LettersAsync(folder, rows);
        var outputs = await bench.RunAsync(
            new TrainClassifier(), new TrainClassifier.Params(layers, new(Batch: batch, Epochs: epochs), Masking: masking),
            ("rows", table));
        return (rates.TakeBest(), ((Metrics)outputs["metrics"]).Values["validation.accuracy"]);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
