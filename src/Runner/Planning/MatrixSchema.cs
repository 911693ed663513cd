using System.Text.Json.Nodes;

namespace Pipelines.Runner.Planning;

/// <summary>What an editor is told of <c>matrix</c>.</summary>
internal static class MatrixSchema
{
    public static JsonObject Of() => SchemaPart.OrVariable(new()
    {
        ["type"] = "object",
        ["description"] = "Repeats the stage, and those after it, for every combination of values: axis → a list of values, "
            + "a map of name: value, or a range { from: 1e-4, to: 1e-1, scale: log }. Use one as \"${matrix.axis}\".",
        ["properties"] = new JsonObject
        {
            ["budget"] = SchemaPart.OrVariable(new()
            {
                ["description"] = "How many combinations are drawn, by the seed of the pipeline, instead of trying all.",
                ["type"] = "integer",
                ["minimum"] = 1,
                ["maximum"] = MatrixReader.MaxCells,
            }),
            ["halving"] = Halved(),
            ["include"] = Cells("Further cells, each with a value for every axis."),
            ["exclude"] = Cells("Combinations to leave out."),
        },
        ["additionalProperties"] = SchemaPart.OrVariable(new()
        {
            // Null takes the axis of an extended file away.
            ["type"] = new JsonArray("array", "object", "null"),
            ["minItems"] = 1,
            ["minProperties"] = 1,
        }),
    });

    private static JsonObject Halved() => SchemaPart.OrVariable(new()
    {
        ["description"] = "All cells train for the epochs of the first rung, the best part of them up to the next, and so on.",
        ["type"] = new JsonArray("object", "null"),
        ["additionalProperties"] = false,
        ["required"] = new JsonArray("metric", "rungs"),
        ["properties"] = new JsonObject
        {
            ["metric"] = SchemaPart.OrVariable(new()
            {
                ["description"] = "The metric of the stage that decides.",
                ["type"] = "string",
            }),
            ["rungs"] = SchemaPart.OrVariable(new()
            {
                ["description"] = "Numbers of epochs, rising.",
                ["type"] = "array",
                ["minItems"] = 1,
                ["items"] = SchemaPart.OrVariable(new() { ["type"] = "integer", ["minimum"] = 1 }),
            }),
            ["factor"] = SchemaPart.OrVariable(new()
            {
                ["description"] = "One experiment in so many goes on, 3 by default.",
                ["type"] = "integer",
                ["minimum"] = 2,
            }),
        },
    });

    private static JsonObject Cells(string description) => new()
    {
        ["type"] = "array",
        ["description"] = description,
        ["items"] = new JsonObject { ["type"] = "object" },
    };
}
