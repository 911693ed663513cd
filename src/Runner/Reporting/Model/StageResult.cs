using System.Text.Json;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>A stage of the plan with what it gave.</summary>
/// <param name="Metrics">Of all its metric ports.</param>
internal sealed record StageResult(PlannedStage Stage, StageRun? Run, IReadOnlyDictionary<string, double> Metrics, IReadOnlyList<CardItem> Items)
{
    public string Id => Stage.Id;

    public string Kind => Stage.Spec.Kind;

    public string Verb => Kind.Split('/')[0];

    public ContentHash? Fingerprint => Run?.Outcome switch
    {
        StageOutcome.Ran ran => ran.Fingerprint,
        StageOutcome.Reused reused => reused.Fingerprint,
        StageOutcome.Stale stale => stale.Last?.Fingerprint,
        _ => null,
    };

    public TimeSpan? Took => Run?.Outcome switch
    {
        StageOutcome.Ran ran => ran.Took,
        StageOutcome.Reused reused => reused.Took,
        StageOutcome.Stale stale => stale.Last?.Took,
        _ => null,
    };

    public IEnumerable<Artifact> Artifacts => Run?.Outcome.Shown?.ByPort.Values.SelectMany(port => port) ?? [];

    public static IReadOnlyList<StageResult> Of(Plan plan, RunRecord run)
    {
        var runs = run.Stages.ToDictionary(stage => stage.Id, StringComparer.Ordinal);
        return [.. plan.Stages.Select(stage => Of(stage, runs.GetValueOrDefault(stage.Id)))];
    }

    private static StageResult Of(PlannedStage stage, StageRun? run)
    {
        var artifacts = run?.Outcome.Shown?.ByPort.Values.SelectMany(port => port).ToList() ?? [];
        var metrics = artifacts.OfType<Metrics>().SelectMany(metrics => metrics.Values)
            .DistinctBy(metric => metric.Key).ToDictionary(StringComparer.Ordinal);
        return new(stage, run, metrics, [.. artifacts.OfType<Card>().SelectMany(Read).Select(item => NamedSources.In(item, stage))]);
    }

    private static IReadOnlyList<CardItem> Read(Card card)
    {
        var path = Path.Combine(card.Directory, Card.FileName);
        try
        {
            using var file = File.OpenRead(path);
            var content = JsonSerializer.Deserialize<CardContent>(file, Json.Plain);
            return [.. content!.Items.Select(Plain)];
        }
        catch (Exception error) when (error is IOException or JsonException)
        {
            throw new ReportException($"{path} cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Values of type object come back from JSON as elements.</summary>
    private static CardItem Plain(CardItem item) => item switch
    {
        Fact fact => fact with { Value = Plain(fact.Value)! },
        Grid grid => grid with { Rows = [.. grid.Rows.Select(row => (IReadOnlyList<object?>)[.. row.Select(Plain)])] },
        Warning warning => warning with { Values = warning.Values.ToDictionary(value => value.Key, value => Plain(value.Value)!) },
        _ => item,
    };

    private static object? Plain(object? value) => value is not JsonElement element ? value : element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number when element.TryGetInt64(out var whole) => whole,
        JsonValueKind.Number => element.GetDouble(),
        _ => null,
    };
}
