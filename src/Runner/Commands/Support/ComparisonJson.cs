using System.Text.Json.Nodes;
using Pipelines.Runner.Execution;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Commands;

/// <summary>A comparison for other programs.</summary>
internal static class ComparisonJson
{
    public static string Of(Comparison comparison) => new JsonObject
    {
        ["first"] = Side(comparison.First),
        ["second"] = Side(comparison.Second),
        ["stages"] = new JsonArray([.. comparison.Stages.Select(Stage)]),
        ["notes"] = Texts(comparison.Notes),
    }.ToJsonString(Json.Indented) + "\n";

    private static JsonObject Side(ComparedSide side) => new() { ["name"] = side.Name, ["pipeline"] = side.Pipeline };

    private static JsonNode Stage(ComparedStage stage) => new JsonObject
    {
        ["id"] = stage.Id,
        ["only_in"] = stage.OnlyIn?.Split(' ')[^1],
        ["parameters"] = new JsonArray([.. stage.Changes.Select(
            change => new JsonObject { ["name"] = change.Name, ["before"] = change.Old, ["after"] = change.New })]),
        ["data"] = Texts(stage.Data),
        ["metrics"] = new JsonArray([.. stage.Metrics.Select(
            metric => new JsonObject { ["name"] = metric.Name, ["before"] = Number(metric.Before), ["after"] = Number(metric.After) })]),
    };

    private static JsonArray Texts(IReadOnlyList<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    // JSON has no words for NaN and the infinities.
    private static JsonNode? Number(double? value) =>
        value is not { } number ? null : double.IsFinite(number) ? number : FormattableString.Invariant($"{number}");
}
