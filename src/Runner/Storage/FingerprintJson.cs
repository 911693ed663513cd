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

    public static Fingerprint Read(JsonElement json) =>
        Fingerprint.Of(json.EnumerateObject().Select(reason => KeyValuePair.Create(reason.Name, reason.Value.GetString()!)));
}
