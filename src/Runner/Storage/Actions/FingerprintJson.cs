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

    /// <param name="json">Before the object of reasons.</param>
    public static Fingerprint Read(ref Utf8JsonReader json)
    {
        var reasons = new List<KeyValuePair<string, string>>();
        json.Enter(JsonTokenType.StartObject);
        while (json.NextMember())
        {
            var name = json.Name();
            reasons.Add(new(name, json.Text()));
        }
        return Fingerprint.Of(reasons);
    }
}
