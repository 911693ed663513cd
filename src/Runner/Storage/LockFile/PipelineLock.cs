using System.Globalization;
using System.Text.Json;
using Pipelines.Runner.Execution;

namespace Pipelines.Runner.Storage;

/// <summary>What each stage of a pipeline was and gave, in a file beside the pipeline that is kept in git.</summary>
public sealed record PipelineLock(string Pipeline, IReadOnlyDictionary<string, PinnedStage> Stages)
{
    public const string Extension = ".lock.json";

    private const string FormatOfAny = "pipelines lock ";
    private const int Version = 1;
    private static readonly string Format = string.Create(CultureInfo.InvariantCulture, $"{FormatOfAny}{Version}");

    /// <summary>Beside <c>pipelines/icd10.yaml</c>: <c>pipelines/icd10.lock.json</c>.</summary>
    public static string PathFor(string pipelineFile) => Path.ChangeExtension(pipelineFile, null) + Extension;

    /// <summary>Of a run in which every stage has a result; stages without one are left out.</summary>
    /// <param name="revisions">By stage, the commits of what they load from the hub.</param>
    public static PipelineLock Of(RunRecord run, IReadOnlyDictionary<string, KeyValuePair<string, string>>? revisions = null) => new(
        run.Pipeline, new SortedDictionary<string, PinnedStage>(
            run.Stages.Where(stage => stage.Outcome.Results is not null).ToDictionary(
                stage => stage.Id,
                stage => PinnedStage.Of(
                    stage, revisions is not null && revisions.TryGetValue(stage.Id, out var revision) ? revision : null)),
            StringComparer.Ordinal));

    /// <summary>Null when there is no such file or it is none of ours.</summary>
    public static PipelineLock? Read(string path) => FileStamp.IsFile(path) ? Parse(File.ReadAllBytes(path)) : null;

    /// <summary>Null when it is none of ours.</summary>
    public static PipelineLock? Parse(byte[] content)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            var json = document.RootElement;
            return json.GetText("format") != Format ? null : new(
                json.GetText("pipeline"), new SortedDictionary<string, PinnedStage>(
                    json.GetProperty("stages").EnumerateObject().ToDictionary(stage => stage.Name, stage => PinnedStage.Read(stage.Value)),
                    StringComparer.Ordinal));
        }
        catch (Exception error) when (
            error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Whole or not at all, and not touched when nothing changed.</summary>
    /// <returns>Why what is there was left as it is, or null.</returns>
    public string? Save(string path)
    {
        var bytes = ToBytes();
        if (FileStamp.IsFile(path) && File.ReadAllBytes(path) is var there)
        {
            if (there.AsSpan().SequenceEqual(bytes))
                return null;
            if (FormatOf(there) is { } format)
            {
                if (!format.StartsWith(FormatOfAny, StringComparison.Ordinal))
                    return $"'{path}' is no lock file and is left as it is";
                if (int.TryParse(format.AsSpan(FormatOfAny.Length), CultureInfo.InvariantCulture, out var version) && version > Version)
                    return $"'{path}' was written by a later version of the runner and is left as it is";
            }
        }
        ReplacedFile.Write(path, bytes);
        return null;
    }

    /// <summary>
    /// Empty for JSON of something else; null for what is no JSON: half a file, or one with the marks of a merge, is worth nothing.
    /// </summary>
    private static string? FormatOf(byte[] content)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            return document.RootElement is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty("format", out var format)
                && format.ValueKind == JsonValueKind.String
                ? format.GetString()
                : "";
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public byte[] ToBytes() => JsonWriting.ToBytes(json =>
    {
        json.WriteString("format", Format);
        json.WriteString("pipeline", Pipeline);
        json.WriteStartObject("stages");
        foreach (var (id, stage) in Stages)
        {
            json.WritePropertyName(id);
            stage.Write(json);
        }
        json.WriteEndObject();
    });
}
