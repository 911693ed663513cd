using System.Diagnostics;
using System.Globalization;
using Pipelines.TestKit;
using Pipelines.TestKit.Fuzzing;

namespace Pipelines.Tests.Stages.Fuzzing;

/// <summary>Mutated files of one format, in a process of their own: what it takes is taken by them, and a crash ends it alone.</summary>
internal static class FuzzedFiles
{
    public const string Command = "fuzz-files";

    // What a format is mutated into must not nearly always be refused, or its plain reader is hardly ever asked.
    private const int MinAcceptedShare = 50;

    /// <summary>Starts the process and waits for its end.</summary>
    /// <returns>What it found, for people.</returns>
    public static string Start(string format, int seed, int count)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            ArgumentList = { "exec", typeof(FuzzedFiles).Assembly.Location, Command, format, Text(seed), Text(count) },
            // 512 MiB: memory that is asked for and not used counts too.
            Environment = { ["DOTNET_GCHeapHardLimit"] = "0x20000000" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output + error.Result);
        return output.Trim();
    }

    /// <summary>In the process itself.</summary>
    public static async Task<int> RunAsync(string name, string seed, string count)
    {
        try
        {
            await FeedAsync(name, Number(seed), Number(count));
            return 0;
        }
        catch (Xunit.Sdk.XunitException failure)
        {
            await Console.Out.WriteLineAsync(failure.Message);
            return 1;
        }
    }

    private static async Task FeedAsync(string name, int seed, int count)
    {
        var format = FuzzedFormat.All.Single(format => format.Name == name);
        ByteMutation mutation = new(format.Samples, format.Pieces);
        using TempWorkspace workspace = new();
        var path = Path.Combine(workspace.Root, "data");
        foreach (var sample in format.Samples)
            Assert.True(await AcceptedAsync(sample), "a sample is refused");
        var (fed, accepted) = (0, 0);
        var fuzzer = new Fuzzer(seed, count, hasProcess: true);
        await fuzzer.RunAsync(mutation.Of, FeedAsync, Convert.ToBase64String);
        Assert.True(accepted * MinAcceptedShare >= fed, $"{accepted} of {fed} were accepted");
        await Console.Out.WriteLineAsync($"{name}: {fuzzer}, {accepted} of {fed} accepted");

        async Task FeedAsync(byte[] bytes)
        {
            fed++;
            accepted += await AcceptedAsync(bytes) ? 1 : 0;
        }

        async Task<bool> AcceptedAsync(byte[] bytes)
        {
            await File.WriteAllBytesAsync(path, bytes);
            return await format.CheckAsync(path, bytes);
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
