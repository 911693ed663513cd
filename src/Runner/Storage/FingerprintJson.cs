using System.Text.Json;
using Pipelines.Runner.Planning;

namespace Pipelines.Runner.Storage;

internal static class FingerprintJson
{
    public static void Write(Utf8JsonWriter json, string name, Fingerprint fingerprint)
    {
        json.WriteStartObject(name);
        foreach (var (reason, value) in fingerprint.Reasons)
            json.WriteString(reason, value);
        json.WriteEndObject();
    }

    public static Fingerprint Read(JsonElement json)
    {
        var reasons = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var reason in json.EnumerateObject())
            reasons[reason.Name] = reason.Value.GetString()!;
        return Fingerprint.Of(reasons);
    }
}
