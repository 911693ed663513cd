using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Pipelines.Stages.Contracts;

/// <summary>
/// Reads JSON that others wrote. The library looks at names and texts only when they are asked for, and throws something else then: so
/// bytes that are no UTF-8 and halves of surrogate pairs are found here, and so are two members of one name, of which one would be lost.
/// </summary>
public static class StrictJson
{
    /// <exception cref="JsonException">It is no JSON; with its line and byte, which count from 0.</exception>
    public static JsonDocument Document(ReadOnlyMemory<byte> json, JsonDocumentOptions options = default)
    {
        CheckTexts(json.Span, options);
        return JsonDocument.Parse(json, options with { AllowDuplicateProperties = false });
    }

    /// <exception cref="JsonException">It is no JSON object.</exception>
    public static JsonObject Object(ReadOnlySpan<byte> json)
    {
        CheckTexts(json, default);
        return JsonNode.Parse(json, documentOptions: new() { AllowDuplicateProperties = false }) as JsonObject
            ?? throw new JsonException("it is no object");
    }

    private static void CheckTexts(ReadOnlySpan<byte> json, JsonDocumentOptions options)
    {
        if (!Utf8.IsValid(json))
            throw new JsonException("it has bytes that are no UTF-8");
        if (json.IndexOf((byte)'\\') < 0)
            return;
        Utf8JsonReader reader = new(json, new() { AllowTrailingCommas = options.AllowTrailingCommas, MaxDepth = options.MaxDepth });
        while (reader.Read())
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped && !IsText(ref reader))
                throw HalfPair(json[..(int)reader.TokenStartIndex]);
    }

    private static bool IsText(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static JsonException HalfPair(ReadOnlySpan<byte> before)
    {
        var line = before.Count((byte)'\n');
        return new("a text with one half of a surrogate pair", null, line, before.Length - (before.LastIndexOf((byte)'\n') + 1));
    }
}
