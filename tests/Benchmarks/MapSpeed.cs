using System.Diagnostics;
using System.Globalization;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Kinds.Embed;

namespace Pipelines.Benchmarks;

/// <summary>Seconds that embed/map takes for a t-SNE of so many words in so many clusters: <c>mapping [WORDS]</c>.</summary>
internal static class MapSpeed
{
    private const int Width = 100;
    private const int Clusters = 20;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var count = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 2000;
        SeededRandom random = new(7);
        float[][] centres = [.. Enumerable.Range(0, Clusters).Select(_ => Vector(random, 3))];
        float[][] vectors = [.. Enumerable.Range(0, count).Select(
            i => Vector(random, 1).Zip(centres[i % Clusters], (noise, centre) => noise + centre).ToArray())];
        using StageBench bench = new();
        var table = await bench.TableAsync(new(count,
        [
            new Values<string>("word", [.. Enumerable.Range(0, count).Select(i => $"w{i}")]), Lists.Of("vector", vectors),
        ]));
        var watch = Stopwatch.StartNew();
        var outputs = await bench.RunAsync(new EmbedMap(), new EmbedMap.Params(Words: count), ("vectors", table));
        var divergence = ((Metrics)outputs["metrics"]).Values["divergence"];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"t-SNE of {count} words: {watch.Elapsed.TotalSeconds:F1} s, divergence {divergence:F4}"));
        return 0;
    }

    private static float[] Vector(SeededRandom random, double size) =>
        [.. Enumerable.Range(0, Width).Select(_ => (float)(size * ((2 * random.NextDouble()) - 1)))];
}
