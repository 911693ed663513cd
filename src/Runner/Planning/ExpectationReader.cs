using Pipelines.Runner.Documents;
using Pipelines.Stages.Contracts.Specs;

namespace Pipelines.Runner.Planning;

/// <summary>Reads <c>expect</c>: bounds on metrics of stages that give metrics.</summary>
internal sealed class ExpectationReader(IReadOnlyDictionary<string, StageDraft> drafts, ICollection<Diagnostic> diagnostics)
{
    private static readonly string[] Keys = ["metric", "at_least", "at_most"];

    private readonly NameOptions _ids = new(drafts.Keys);

    public static IReadOnlyList<Expectation> Read(YamlNode? expect, IReadOnlyDictionary<string, StageDraft> drafts, ICollection<Diagnostic> diagnostics)
    {
        if (expect is null)
            return [];
        if (expect is YamlList list)
            return [.. list.Items.Select(new ExpectationReader(drafts, diagnostics).Item).OfType<Expectation>()];
        diagnostics.Add(Diagnostics.NoList(expect, "'expect'"));
        return [];
    }

    private Expectation? Item(YamlNode item)
    {
        if (item is not YamlMap map)
        {
            diagnostics.Add(Diagnostics.NoMap(item, "An expectation"));
            return null;
        }
        foreach (var entry in map.Entries)
            if (!Keys.Contains(entry.Key.Text))
                diagnostics.Add(Diagnostics.UnknownKey(entry.Key, "An expectation", Keys));
        var atLeast = Bound(map, "at_least");
        var atMost = Bound(map, "at_most");
        if (map.Find("at_least") is null && map.Find("at_most") is null)
            diagnostics.Add(Diagnostics.ExpectationNeedsBound(map));
        if (map.Find("metric")?.Value is not { } node)
        {
            diagnostics.Add(Diagnostics.MissingKey(map.At, "metric", "The expectation", "write { metric: stage.metric, at_least: 0.8 }"));
            return null;
        }
        if (node is YamlScalar { IsNull: false } metric)
        {
            Check(metric);
            return IsLeftOut(metric) ? null : new(metric.Text, atLeast, atMost, metric.At);
        }
        diagnostics.Add(Diagnostics.NoText(node, "'metric'"));
        return null;
    }

    private double? Bound(YamlMap map, string key) => map.Find(key) is { } entry ? TextReading.Number(entry.Value, $"'{key}'", diagnostics) : null;

    private void Check(YamlScalar metric)
    {
        var dot = metric.Text.IndexOf('.');
        if (dot < 1 || dot == metric.Text.Length - 1)
            diagnostics.Add(Diagnostics.MetricUnclear(metric));
        else if (!drafts.TryGetValue(metric.Text[..dot], out var draft))
            diagnostics.Add(Diagnostics.UnknownStage(metric, metric.Text[..dot], _ids.Next()));
        else if (draft.Kind is { } kind && !GivesMetrics(kind))
            diagnostics.Add(Diagnostics.NoMetrics(metric, draft.Id, kind.Spec.Kind,
                [.. drafts.Values.Where(other => other.Kind is { } otherKind && GivesMetrics(otherKind)).Select(other => other.Id).Take(8)]));
    }

    private bool IsLeftOut(YamlScalar metric) => drafts.GetValueOrDefault(metric.Text.Split('.')[0]) is { IsLeftOut: true };

    private static bool GivesMetrics(StageKind kind) => kind.Spec.Outputs.Any(output => output.Artifact == ArtifactKind.Metrics);
}
