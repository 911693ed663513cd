using System.Text.Json;

namespace Scriban.Runtime;

/// <summary>Turns JSON into the values a template works with.</summary>
internal static class JsonValue
{
    public static object? Unwrap(object? value) => value is JsonElement json ? From(json) : value;

    public static object? From(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => FromObject(json),
        JsonValueKind.Array => new ScriptArray(json.EnumerateArray().Select(From)),
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => json.TryGetDecimal(out var number) ? number : json.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static ScriptObject FromObject(JsonElement json)
    {
        var scriptObject = new ScriptObject();
        foreach (var property in json.EnumerateObject())
        {
            scriptObject.SetValue(property.Name, From(property.Value), false);
        }

        return scriptObject;
    }
}
