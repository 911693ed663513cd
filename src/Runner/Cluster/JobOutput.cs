using System.Text.Json;

namespace Pipelines.Runner.Cluster;

/// <summary>What a job says, as events line by line, read from the end of its output.</summary>
/// <param name="Progress">What it last said of its progress.</param>
/// <param name="Failure">What its stage failed with.</param>
/// <param name="PeakMemory">Bytes, once it has ended.</param>
/// <param name="ProcessorTime">Once it has ended.</param>
/// <param name="Plain">Lines that are no events, e.g. of Slurm itself; the last few.</param>
public sealed record JobOutput(
    JsonElement? Progress, JsonElement? Failure, long? PeakMemory, TimeSpan? ProcessorTime, IReadOnlyList<string> Plain)
{
    private const int MaxBytes = 1 << 16;
    private const int MaxPlain = 5;

    /// <param name="stage">Whose events are meant.</param>
    public static JobOutput Read(string path, string stage)
    {
        JsonElement? progress = null, failure = null, finished = null;
        List<string> plain = [];
        foreach (var line in End(path))
            if (Parse(line) is not { } json)
                plain.Add(line);
            else if (Text(json, "event") == "run-finished")
                finished = json;
            else if (Text(json, "event") == "error")
                failure ??= json;
            else if (Text(json, "stage") == stage && Text(json, "event") == "stage-advanced")
                progress = json;
            else if (Text(json, "event") == "stage-finished" && Text(json, "outcome") == "failed")
                failure = json;
        return new(progress, failure,
            finished?.TryGetProperty("peak_memory", out var memory) == true ? memory.GetInt64() : null,
            finished?.TryGetProperty("processor_seconds", out var seconds) == true ? TimeSpan.FromSeconds(seconds.GetDouble()) : null,
            [.. plain.TakeLast(MaxPlain)]);
    }

    public static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // The first line of a part of the file may be cut.
    private static List<string> End(string path)
    {
        // Most often there is one, but thousands that are missing must not cost an exception each.
        if (!File.Exists(path))
            return [];
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var isCut = file.Length > MaxBytes;
            file.Position = Math.Max(0, file.Length - MaxBytes);
            using StreamReader reader = new(file);
            return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(isCut ? 1 : 0)];
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            // It has said nothing yet.
            return [];
        }
    }

    private static JsonElement? Parse(string line)
    {
        try
        {
            using var document = line.StartsWith('{') ? JsonDocument.Parse(line) : null;
            return document?.RootElement.Clone();
        }
        catch (JsonException)
        {
            // A line that is still being written.
            return null;
        }
    }
}
