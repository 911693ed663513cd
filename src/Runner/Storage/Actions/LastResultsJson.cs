using System.Text.Json;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Storage;

/// <summary>What each stage of a pipeline last was, as JSON and back.</summary>
internal static class LastResultsJson
{
    public static byte[] ToBytes(IReadOnlyDictionary<string, LastResult> last) => JsonWriting.ToBytes(json =>
    {
        foreach (var (stage, result) in last.OrderBy(item => item.Key, StringComparer.Ordinal))
        {
            json.WriteStartObject(stage);
            json.WriteString("fingerprint", result.Hash.Hex);
            json.WriteSeconds("took_seconds", result.Times[^1]);
            json.WriteStartArray("earlier_seconds");
            foreach (var time in result.Times.SkipLast(1))
                json.WriteNumberValue(Math.Round(time.TotalSeconds, 3));
            json.WriteEndArray();
            if (result.Bytes is { } bytes)
                json.WriteNumber("bytes", bytes);
            FingerprintJson.Write(json, "reasons", result.Fingerprint);
            json.WriteEndObject();
        }
    });

    /// <summary>Nothing when the file is not there or broken: it only serves explanations.</summary>
    public static IReadOnlyDictionary<string, LastResult> Read(string path)
    {
        var last = new Dictionary<string, LastResult>(StringComparer.Ordinal);
        if (!FileStamp.IsFile(path))
            return last;
        try
        {
            var bytes = File.ReadAllBytes(path);
            var json = new Utf8JsonReader(bytes);
            json.Enter(JsonTokenType.StartObject);
            while (json.NextMember())
            {
                var stage = json.GetString()!;
                last[stage] = ReadOne(ref json, bytes);
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or ArgumentException
            or OverflowException or IOException or UnauthorizedAccessException)
        {
            last.Clear();
        }
        return last;
    }

    // The reasons are most of the file, and needed only of a stage that changed: their place is remembered.
    private static LastResult ReadOne(ref Utf8JsonReader json, byte[] bytes)
    {
        ContentHash? hash = null;
        List<TimeSpan> times = [];
        long? size = null;
        Range? reasons = null;
        json.Enter(JsonTokenType.StartObject);
        while (json.NextMember())
            if (json.ValueTextEquals("fingerprint"u8))
                hash = json.Hash();
            else if (json.ValueTextEquals("took_seconds"u8))
                times.Add(TimeSpan.FromSeconds(json.NumberOrWord()));
            else if (json.ValueTextEquals("earlier_seconds"u8))
                times.InsertRange(0, Earlier(ref json));
            else if (json.ValueTextEquals("bytes"u8))
                size = json.Whole();
            else
            {
                var isReasons = json.ValueTextEquals("reasons"u8);
                json.Read();
                var start = (int)json.TokenStartIndex;
                json.Skip();
                reasons = isReasons ? start..(int)json.BytesConsumed : reasons;
            }
        if (reasons is not { } place || times.Count == 0)
            throw new JsonException("A stage has no reasons or no time.");
        // Files of earlier versions lack the hash.
        return hash is { } known ? new(known, () => Reasons(bytes, place), times, size) : new(Reasons(bytes, place), times, size);
    }

    private static List<TimeSpan> Earlier(ref Utf8JsonReader json)
    {
        List<TimeSpan> times = [];
        json.Enter(JsonTokenType.StartArray);
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            times.Add(TimeSpan.FromSeconds(json.GetDouble()));
        return times;
    }

    // Reasons that are no valid JSON inside are noticed only now, when they are read.
    private static Fingerprint Reasons(byte[] bytes, Range place)
    {
        try
        {
            var json = new Utf8JsonReader(bytes.AsSpan(place));
            return FingerprintJson.Read(ref json);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            return Fingerprint.Of([]);
        }
    }
}
