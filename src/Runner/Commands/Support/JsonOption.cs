using System.CommandLine;
using System.Text.Json.Nodes;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Storage;
using Pipelines.Runner.Terminal;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Commands;

/// <summary><c>--json</c>: what a command shows, for programs: one object or list, with numbers in full and times in seconds.</summary>
internal static class JsonOption
{
    public static Option<bool> Create() => new("--json") { Description = "JSON, for programs." };

    public static void Write(Screen screen, JsonNode node) => screen.Out.WriteLine(node.ToJsonString(Json.Indented));

    public static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode> of) => new([.. items.Select(of)]);

    public static JsonArray Texts(IEnumerable<string> texts) => List(texts, text => (JsonNode)text);

    /// <summary>JSON has no words for NaN and the infinities.</summary>
    public static JsonNode Number(double value) => double.IsFinite(value) ? value : FormattableString.Invariant($"{value}");

    public static JsonNode Of(StagePreview stage)
    {
        var (state, why, cost) = stage.Forecast switch
        {
            StageForecast.Reused => ("reused", [], null),
            StageForecast.Shared => ("shared", [], null),
            StageForecast.WillRun run => ("will-run", run.Why, run.Expected),
            StageForecast.DependsOnUpstream maybe => ("depends-on-upstream", maybe.Why, maybe.Expected),
            StageForecast.Stale stale => ("stale", stale.Why, null),
            StageForecast.WillFail => ("will-fail", (IReadOnlyList<string>)[], (StageCost?)null),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return new JsonObject
        {
            ["id"] = stage.Id,
            ["kind"] = stage.Kind,
            ["state"] = state,
            ["why"] = Texts(why),
            ["with"] = (stage.Forecast as StageForecast.Shared)?.With,
            ["on"] = stage.Forecast is StageForecast.DependsOnUpstream { On: var on } ? Texts(on) : null,
            ["because_of"] = (stage.Forecast as StageForecast.Stale)?.BecauseOf,
            ["message"] = (stage.Forecast as StageForecast.WillFail)?.Message,
            ["took_seconds"] = cost?.Took.TotalSeconds,
            ["bytes"] = cost?.Bytes,
        };
    }

    public static JsonNode Of(RunRecord run) => new JsonObject
    {
        ["id"] = run.Id,
        ["pipeline"] = run.Pipeline,
        ["started"] = run.Started.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        ["took_seconds"] = run.Took.TotalSeconds,
        ["interrupted"] = run.Interrupted,
        ["command_line"] = run.Environment.CommandLine,
        ["stages"] = List(run.Stages, stage => new JsonObject
        {
            ["id"] = stage.Id,
            ["kind"] = stage.Kind,
            ["outcome"] = stage.Outcome.GetType().Name.ToLowerInvariant(),
        }),
        ["missed_expectations"] = run.Expectations.Count(result => !result.Met),
    };

    public static JsonNode Of(CachedResult result) => new JsonObject
    {
        ["fingerprint"] = result.Fingerprint.Hex,
        ["kind"] = result.Kind,
        ["run"] = result.Run,
        ["made"] = result.Made.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        ["took_seconds"] = result.Took.TotalSeconds,
        ["bytes"] = result.Bytes,
        ["note"] = result.Note,
        ["artifacts"] = Texts(result.Objects.Select(id => id.Hex)),
    };
}
