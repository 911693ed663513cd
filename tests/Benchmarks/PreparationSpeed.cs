using System.Diagnostics;
using System.Globalization;
using Pipelines.Stages.Kinds.Load;
using Pipelines.Stages.Kinds.Pad;
using Pipelines.Stages.Kinds.Tokenize;
using Pipelines.Stages.Text.Tokenizers;

namespace Pipelines.Benchmarks;

/// <summary>Loading, tokenizing and padding many short texts: seconds and peak memory. <c>preparing TEXTS</c>.</summary>
internal static class PreparationSpeed
{
    private const int Vocabulary = 40_000;
    private const int MaxWords = 16;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var texts = int.Parse(arguments[0], CultureInfo.InvariantCulture);
        var file = Path.GetTempFileName();
        Write(file, texts);
        using var bench = new StageBench();
        var watch = Stopwatch.StartNew();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;

        var rows = (await bench.RunAsync(new LoadCsv(), new LoadCsv.Params(new(new(file), Select: new(Label: "label")))))["rows"];
        var words = (await bench.RunAsync(
            new TokenizeWords(), new TokenizeWords.Params(Apostrophes: Apostrophes.French), ("rows", rows)))["rows"];
        await bench.RunAsync(new Pad(), new Pad.Params(), ("rows", words));

        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{texts} texts: {watch.Elapsed.TotalSeconds:F1} s, {(process.TotalProcessorTime - cpu).TotalSeconds:F1} s of processor, "
            + $"peak {process.PeakWorkingSet64 >> 20} MiB"));
        File.Delete(file);
        return 0;
    }

    // Frequent words are drawn more often, as in real texts.
    private static void Write(string file, int texts)
    {
        var random = new Random(7);
        using var writer = new StreamWriter(file);
        writer.WriteLine("text,label");
        for (var i = 0; i < texts; i++)
        {
            for (var word = random.Next(1, MaxWords); word > 0; word--)
            {
                var rank = (int)Math.Pow(Vocabulary, random.NextDouble());
                writer.Write(string.Create(CultureInfo.InvariantCulture, $"{(rank % 10 == 0 ? "d'" : "")}lésion{rank} "));
            }
            writer.WriteLine($",{(char)('A' + random.Next(26))}");
        }
    }
}
