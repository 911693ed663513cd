using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Pipelines.Benchmarks;

/// <summary>Another program that does the same work and prints one JSON line of what it measured.</summary>
internal static class Peer
{
    public static JsonNode Run(string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? JsonNode.Parse(output)! : throw new InvalidOperationException($"{command[0]} ended with {process.ExitCode}.");
    }
}
