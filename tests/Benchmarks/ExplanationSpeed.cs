using System.Diagnostics;
using System.Globalization;
using Pipelines.Stages.Kinds.Explain;
using Pipelines.Stages.Kinds.Train;

namespace Pipelines.Benchmarks;

/// <summary>Integrated gradients of many texts at once, beside one text at a time. <c>explaining FOLDER TEXTS</c>.</summary>
internal static class ExplanationSpeed
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        using var bench = new StageBench();
        var rows = await bench.CodesAsync(arguments[0], rows: 2_000);
        var model = (await bench.RunAsync(new TrainSeq2seq(), new TrainSeq2seq.Params(new(Batch: 512, Epochs: 1)),
            ("rows", rows)))["model"];
        var texts = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        await SecondsAsync(200, 512);
        var together = await SecondsAsync(texts, 512);
        var alone = await SecondsAsync(texts, 1);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{texts} texts together: {together:F1} s, one at a time: {alone:F1} s, ratio {together / alone:F2}"));
        return 0;

        async Task<double> SecondsAsync(int count, int batch)
        {
            var watch = Stopwatch.StartNew();
            var before = Environment.CpuUsage.TotalTime;
            await bench.RunAsync(new ExplainIntegratedGradients(), new ExplainIntegratedGradients.Params(new(count), new(), Batch: batch),
                ("model", model), ("rows", rows));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{count} texts, {batch} points a batch: processor time {(Environment.CpuUsage.TotalTime - before).TotalSeconds:F1} s"));
            return watch.Elapsed.TotalSeconds;
        }
    }
}
