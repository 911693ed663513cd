using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pipelines.Stages.Contracts.Cards;

/// <summary>Reads values of facts and cells as what they were written from: string, bool, long, double or null.</summary>
internal sealed class CellConverter : JsonConverter<object>
{
    public override object? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.Number => reader.TryGetInt64(out var whole) ? whole : reader.GetDouble(),
        JsonTokenType.Null => null,
        var other => throw new JsonException($"A value of a card is a text, a number, true, false or null, not {other}."),
    };

    public override void Write(Utf8JsonWriter writer, object value, JsonSerializerOptions options) =>
        throw new UnreachableException("These options only read.");
}
