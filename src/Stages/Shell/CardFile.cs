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

    /// <exception cref="StageException">It is something else.</exception>
    public static CardContent Read(string path, string port)
    {
        try
        {
            using var file = File.OpenRead(path);
            var content = JsonSerializer.Deserialize<CardContent>(file, Strict) ?? throw new JsonException("it is null");
            foreach (var item in content.Items)
                Check(item, port);
            return content;
        }
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            throw Wrong(port, error.Message);
        }
    }

    private static void Check(CardItem? item, string port)
    {
        if (item is not (Fact or Grid) || item.Name.Length == 0)
            throw Wrong(port, "an item is a fact or a grid, with a name");
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
