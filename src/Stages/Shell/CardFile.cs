using System.Text.Json;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Stages.Shell;

/// <summary>A card of facts and grids as JSON, in the form in which cards are stored.</summary>
internal static class CardFile
{
    private static readonly JsonSerializerOptions Strict = new(Json.Plain)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private static readonly Dictionary<string, string[]> Needed = new(StringComparer.Ordinal)
    {
        ["fact"] = ["name", "value"],
        ["grid"] = ["name", "columns", "rows"],
    };

    /// <exception cref="StageException">It is something else.</exception>
    public static CardContent Read(string path, string port)
    {
        try
        {
            using var file = JsonDocument.Parse(File.ReadAllBytes(path));
            CheckItems(file.RootElement, port);
            var content = file.Deserialize<CardContent>(Strict) ?? throw new JsonException("it is null");
            foreach (var item in content.Items)
                Check(item, port);
            return content;
        }
        catch (JsonException error)
        {
            throw Wrong(port, FormattableString.Invariant(
                $"{(error.Path is { Length: > 1 } place ? place : "it")} cannot be read (line {error.LineNumber + 1})"));
        }
    }

    // What the deserializer says of these is about its types.
    private static void CheckItems(JsonElement card, string port)
    {
        if (card.ValueKind != JsonValueKind.Object || !card.TryGetProperty("items", out var items)
            || items.ValueKind != JsonValueKind.Array)
            throw Wrong(port, "it is an object with a list of 'items'");
        foreach (var (item, i) in items.EnumerateArray().Select((item, i) => (item, i)))
        {
            if (item.ValueKind != JsonValueKind.Object || TextOf(item, "item") is not { } kind || !Needed.TryGetValue(kind, out var needed))
                throw Wrong(port, FormattableString.Invariant($"items[{i}] is an object whose 'item' is 'fact' or 'grid'"));
            if (needed.FirstOrDefault(key => !item.TryGetProperty(key, out _)) is { } missing)
                throw Wrong(port, FormattableString.Invariant($"items[{i}], a {kind}, has no '{missing}'"));
            if (string.IsNullOrEmpty(TextOf(item, "name")))
                throw Wrong(port, FormattableString.Invariant($"the name of items[{i}] is a text"));
        }
    }

    private static string? TextOf(JsonElement item, string key) =>
        item.TryGetProperty(key, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private static void Check(CardItem item, string port)
    {
        if (item is Fact { Value: JsonElement { ValueKind: JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null } })
            throw Wrong(port, $"the fact '{item.Name}' is a text, a number, true or false");
        if (item is not Grid grid)
            return;
        if (grid.Rows.Any(row => row is null || row.Count != grid.Columns.Count))
            throw Wrong(port, $"a row of the grid '{grid.Name}' has not {grid.Columns.Count} cells");
        if (grid.Rows.Any(row => row.Any(cell => cell is JsonElement { ValueKind: JsonValueKind.Object or JsonValueKind.Array })))
            throw Wrong(port, $"a cell of the grid '{grid.Name}' is a text, a number, true, false or null");
    }

    private static StageException Wrong(string port, string what) => new($"the file for the card '{port}' cannot be used: {what}")
    {
        Help = """write {"items": [{"item": "fact", "name": "rows", "value": 12}, """
            + """{"item": "grid", "name": "best", "columns": [{"name": "model"}], "rows": [["a"]]}]}""",
        Parameter = "run",
    };
}
