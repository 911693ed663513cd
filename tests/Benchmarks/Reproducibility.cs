using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Kinds.Train;
using Pipelines.Stages.Models.Layers;
using TorchSharp;

namespace Pipelines.Benchmarks;

/// <summary>
/// Whether trainings of equal seed give equal bytes in processes that differ in what may differ: the environment, the memory handed out
/// before, and the load beside them. <c>reproducing FOLDER RUNS</c>; settings such as MKL_CBWR come from the environment.
/// </summary>
internal static class Reproducibility
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is [var folder, "once", var number])
            return await TrainAsync(folder, int.Parse(number, CultureInfo.InvariantCulture));
        var runs = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        var lines = Enumerable.Range(0, runs).SelectMany(run => Child(arguments[0], run)).ToList();
        foreach (var network in lines.GroupBy(line => line[0]))
        {
            var seconds = network.Select(line => double.Parse(line[2], CultureInfo.InvariantCulture)).Order().ToList();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{network.Key}: {runs} runs, {network.Select(line => line[1]).Distinct().Count()} different models, " +
                    $"{seconds[runs / 2]:F1} s of CPU (median)"));
        }
        return lines.GroupBy(line => line[0]).All(network => network.Select(line => line[1]).Distinct().Count() == 1) ? 0 : 1;
    }

    private static List<string[]> Child(string folder, int run)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(Reproducibility).Assembly.Location);
        foreach (var argument in (string[])["reproducing", folder, "once", run.ToString(CultureInfo.InvariantCulture)])
            start.ArgumentList.Add(argument);
        start.Environment["PADDING"] = new('x', 37 * run);
        using var process = Process.Start(start)!;
        using var stop = new CancellationTokenSource();
        // Every second run has company.
        var company = run % 2 == 0 ? Task.CompletedTask : Task.Run(() => SpinWait.SpinUntil(() => stop.IsCancellationRequested));
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        stop.Cancel();
        company.Wait();
        return [.. output.Split('\n').Where(line => line.StartsWith("= ", StringComparison.Ordinal)).Select(line => line[2..].Split(' '))];
    }

    private static async Task<int> TrainAsync(string folder, int run)
    {
        var random = new Random(run);
        var kept = new List<object>();
        for (var i = 0; i < 50 * run; i++)
            kept.Add(random.Next(3) switch
            {
                0 => (object)new byte[random.Next(200_000)],
                1 => Marshal.AllocHGlobal(random.Next(200_000)),
                _ => torch.empty(random.Next(1, 50_000)),
            });
        using var bench = new StageBench();
        await TrainAsync(bench, "letter", new TrainClassifier(), new TrainClassifier.Params(
            [new Layer.Embedding(100), new Layer.Lstm(50), new Layer.Dropout(0.1), new Layer.Dense()], new(Batch: 64, Epochs: 2)),
            await bench.LettersAsync(folder));
        await TrainAsync(bench, "seq2seq", new TrainSeq2seq(), new TrainSeq2seq.Params(new(Batch: 512, Epochs: 3), Dropout: 0.1),
            await bench.CodesAsync(folder, rows: null));
        GC.KeepAlive(kept);
        return 0;
    }

    private static async Task TrainAsync(StageBench bench, string name, IStage stage, object parameters, Artifact rows)
    {
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        var model = (Model)(await bench.RunAsync(stage, parameters, ("rows", rows)))["model"];
        var seconds = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
        using var weights = File.OpenRead(Path.Combine(model.Directory, "model.safetensors"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"= {name} {ContentHash.Of(weights).Hex} {seconds:F2}"));
    }
}
