using System.Text.Json;
using Pipelines.Runner.Execution;

namespace Pipelines.Runner.Storage;

/// <summary>What each stage of a pipeline last was, as JSON and back.</summary>
internal static class LastResultsJson
{
    public static byte[] ToBytes(IReadOnlyDictionary<string, LastResult> last) => JsonText.Of(json =>
    {
        foreach (var (stage, result) in last.OrderBy(item => item.Key, StringComparer.Ordinal))
        {
            json.WriteStartObject(stage);
            FingerprintJson.Write(json, "reasons", result.Fingerprint);
            json.WriteSeconds("took_seconds", result.Took);
            json.WriteEndObject();
        }
    });

    /// <summary>Nothing when the file is not there or broken: it only serves explanations.</summary>
    public static IReadOnlyDictionary<string, LastResult> Read(string path)
    {
        var last = new Dictionary<string, LastResult>(StringComparer.Ordinal);
        if (!File.Exists(path))
            return last;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            foreach (var stage in document.RootElement.EnumerateObject())
                last[stage.Name] = new(FingerprintJson.Read(stage.Value.GetProperty("reasons")), stage.Value.GetSeconds("took_seconds"));
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or IOException)
        {
            last.Clear();
        }
        return last;
    }
}
