using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pipelines.Stages.Contracts.Cards;

/// <summary>Reads values of facts and cells: string, bool, double or null. What was written of 1.0 and of 1 is the same.</summary>
internal sealed class CellConverter : JsonConverter<object>
{
    public override object? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.Number => reader.GetDouble(),
        JsonTokenType.Null => null,
        var other => throw new JsonException($"A value of a card is a text, a number, true, false or null, not {other}."),
    };

    public override void Write(Utf8JsonWriter writer, object value, JsonSerializerOptions options) =>
        throw new UnreachableException("These options only read.");
}
