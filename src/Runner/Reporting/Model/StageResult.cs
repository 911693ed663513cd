using System.Text.Json;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>A stage of the plan with what it gave.</summary>
/// <param name="Metrics">Of all its metric ports.</param>
internal sealed record StageResult(PlannedStage Stage, StageRun? Run, IReadOnlyDictionary<string, double> Metrics,
    IReadOnlyList<CardItem> Items)
{
    public string Id => Stage.Id;

    public string Kind => Stage.Spec.Kind;

    /// <summary>What its kind says of itself.</summary>
    public ReportManifest Report => Stage.Report;

    public ContentHash? Fingerprint => Run?.Outcome.Made?.Fingerprint;

    public TimeSpan? Took => Run?.Outcome.Made?.Took;

    public MemoryUse? Memory => Run?.Outcome.Made?.Memory;

    public IEnumerable<Artifact> Artifacts => Run?.Outcome.Shown?.ByPort.Values.SelectMany(port => port) ?? [];

    /// <summary>The item of its card that has this name; null: none of this type has.</summary>
    public T? Find<T>(string name)
        where T : CardItem => Items.OfType<T>().FirstOrDefault(item => item.Name == name);

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
        return new(stage, run, metrics, [.. artifacts.OfType<Card>().SelectMany(Read).Select(item => Named(item, stage))]);
    }

    private static IReadOnlyList<CardItem> Read(Card card)
    {
        var path = Path.Combine(card.Directory, Card.FileName);
        try
        {
            using var file = File.OpenRead(path);
            return CardContent.Read(file).Items;
        }
        catch (Exception error) when (error is IOException or JsonException)
        {
            throw new ReportException($"{path} cannot be read: {error.Message}", error);
        }
    }

    /// <summary>With the ids of its sources, or what tells their cells apart, in the place of its references to them.</summary>
    internal static CardItem Named(CardItem item, PlannedStage stage) =>
        SplitOrder.Of(item.Rename(text => SourceNames.ShortIn(stage, text)));
}
