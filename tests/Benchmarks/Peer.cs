using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Pipelines.Benchmarks;

/// <summary>Another program that does the same and prints one JSON line.</summary>
internal static class Peer
{
    public static JsonNode Run(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{command[0]} ended with {process.ExitCode}.");
        Console.WriteLine($"peer: {output}");
        return JsonNode.Parse(output)!;
    }
}
