using Pipelines.Runner.Documents;
using Pipelines.Stages.Contracts.Specs;

namespace Pipelines.Runner.Planning;

/// <summary>Reads <c>expect</c>: bounds on metrics of stages that give metrics.</summary>
internal sealed class ExpectationReader(
    IReadOnlyDictionary<string, StageDraft> drafts, IReadOnlyList<PlannedStage?> stages, KnownMetrics known,
    ICollection<Diagnostic> diagnostics)
{
    private const string Example = "{ metric: stage.metric, at_least: 0.8 }";

    public static IReadOnlyList<string> Keys { get; } = ["metric", "minus", "at_least", "at_most"];

    private readonly NameOptions _ids = new(drafts.Keys);

    /// <summary>One for each cell, where the stage of a metric has several.</summary>
    public static IReadOnlyList<Expectation> Read(
        YamlNode? expect, IReadOnlyDictionary<string, StageDraft> drafts, IReadOnlyList<PlannedStage?> stages,
        KnownMetrics known, ICollection<Diagnostic> diagnostics)
    {
        if (expect is null)
            return [];
        if (expect is YamlList list)
            return [.. list.Items.SelectMany(new ExpectationReader(drafts, stages, known, diagnostics).Item)];
        diagnostics.Add(Diagnostics.NoList(expect, "'expect'", $"[{Example}]"));
        return [];
    }

    /// <summary>One bound, for each cell.</summary>
    public IEnumerable<Expectation> Item(YamlNode item)
    {
        if (item is not YamlMap map)
        {
            diagnostics.Add(Diagnostics.NoMap(item, "An expectation"));
            return [];
        }
        foreach (var entry in map.Entries)
            if (!Keys.Contains(entry.Key.Text))
                diagnostics.Add(Diagnostics.UnknownKey(entry.Key, "An expectation", Keys));
        var atLeast = Bound(map, "at_least");
        var atMost = Bound(map, "at_most");
        if (map.Find("at_least") is null && map.Find("at_most") is null)
            diagnostics.Add(Diagnostics.ExpectationNeedsBound(map));
        if (atLeast > atMost)
            diagnostics.Add(Diagnostics.BoundsCrossed(map.Find("at_most")!.Value, map.Find("at_least")!.Value));
        if (map.Find("metric")?.Value is not { } node)
        {
            diagnostics.Add(Diagnostics.MissingKey(map.At, "metric", "The expectation", $"write {Example}"));
            return [];
        }
        if (node is not YamlScalar { IsNull: false } metric)
        {
            diagnostics.Add(Diagnostics.NoText(node, "'metric'"));
            return [];
        }
        IReadOnlyList<string> names = Metrics(metric);
        foreach (var (key, bound) in new[] { ("at_least", atLeast), ("at_most", atMost) })
            CheckShare(names, bound, map.Find(key)?.Value);
        if (map.Find("minus")?.Value is not { } other)
            return names.Select(name => new Expectation(name, atLeast, atMost, metric.At) { Written = metric.Text });
        return Pairs(names, metric, other).Select(pair => new Expectation(pair.Metric, atLeast, atMost, metric.At)
        {
            Minus = pair.Minus,
            Written = Expectation.WithMinus(metric.Text, (other as YamlScalar)?.Text),
        });
    }

    // Cells of the same stages of a matrix stand in the same order; one metric is taken from each of several.
    private IEnumerable<(string Metric, string Minus)> Pairs(IReadOnlyList<string> names, YamlScalar metric, YamlNode minus)
    {
        if (minus is not YamlScalar { IsNull: false } other)
        {
            diagnostics.Add(Diagnostics.NoText(minus, "'minus'"));
            return [];
        }
        var less = Metrics(other);
        if (less.Count == 1)
            return names.Select(name => (name, less[0]));
        if (less.Count == names.Count)
            return names.Zip(less);
        if (names.Count > 0 && less.Count > 0)
            diagnostics.Add(Diagnostics.CellsUnlike(other, less.Count, metric, names.Count));
        return [];
    }

    private double? Bound(YamlMap map, string key) =>
        map.Find(key) is { } entry ? TextReading.Number(entry.Value, $"'{key}'", diagnostics) : null;

    /// <summary>A number that a share is compared with and that only a percentage can be.</summary>
    /// <param name="written">Where it is.</param>
    public void CheckShare(IReadOnlyList<string> metrics, double? number, YamlNode? written)
    {
        if (number is { } value && Math.Abs(value) > 1 && metrics.Count > 0 && metrics.All(IsShare))
            diagnostics.Add(Diagnostics.NoShare(written!, value));
    }

    private bool IsShare(string metric) => StageName.In(metric, stages.OfType<PlannedStage>().Select(stage => stage.Id)) is { } id
        && known.IsShare(metric[(id.Length + 1)..], stages.First(stage => stage?.Id == id)!);

    /// <summary>A metric of a stage, for each of its cells; none where it is wrong, which is reported.</summary>
    public IReadOnlyList<string> Metrics(YamlScalar metric)
    {
        var end = metric.Text.IndexOfAny(['.', '@']);
        if (end < 1 || end == metric.Text.Length - 1)
            diagnostics.Add(Diagnostics.MetricUnclear(metric));
        else if (!drafts.TryGetValue(metric.Text[..end], out var draft))
            diagnostics.Add(Diagnostics.UnknownStage(metric, metric.Text[..end], _ids.Next()));
        else if (draft.Kind is { } kind && !GivesMetrics(kind))
            diagnostics.Add(Diagnostics.NoMetrics(metric, draft.Id, kind.Spec.Kind,
                [.. drafts.Values.Where(other => other.Kind is { } otherKind && GivesMetrics(otherKind))
                    .Select(other => other.Id).Take(8)]));
        else if (!draft.IsLeftOut)
            return MetricsOfCells(metric, [.. stages.OfType<PlannedStage>().Where(stage => stage.Base == draft.Id)], end);
        return [];
    }

    private IReadOnlyList<string> MetricsOfCells(YamlScalar metric, IReadOnlyList<PlannedStage> cells, int end)
    {
        if (cells.Count > 0 && metric.Text[end] == '.')
        {
            known.Check(metric.Text[(end + 1)..], metric, cells[0]);
            return [.. cells.Select(cell => cell.Id + metric.Text[end..])];
        }
        if (cells.FirstOrDefault(cell => metric.Text.StartsWith(cell.Id + ".", StringComparison.Ordinal)) is { } named)
            known.Check(metric.Text[(named.Id.Length + 1)..], metric, named);
        if (cells.Count == 0 || cells.Any(cell => metric.Text.StartsWith(cell.Id + ".", StringComparison.Ordinal)))
            return [metric.Text];
        diagnostics.Add(Diagnostics.UnknownStage(metric, metric.Text, [.. cells.Select(cell => cell.Id)]));
        return [];
    }

    private static bool GivesMetrics(StageKind kind) => kind.Spec.Outputs.Any(output => output.Artifact == ArtifactKind.Metrics);
}
