using Pipelines.Runner.Documents;

namespace Pipelines.Runner.Planning;

/// <summary>Reads <c>reference</c>: numbers of a document beside the metrics that measure the same here.</summary>
internal sealed class ReferenceReader(ExpectationReader bounds, ICollection<Diagnostic> diagnostics)
{
    private const double DefaultWithin = 0.02;
    private const string Example = "{ what: \"…\", metric: stage.metric, value: 0.8 }";

    private static readonly string[] Keys = ["what", "metric", "value", "within", "why"];

    public IReadOnlyList<ReferenceValue> Read(YamlNode? reference)
    {
        if (reference is null)
            return [];
        if (reference is YamlList list)
            return [.. list.Items.Select(Item).OfType<ReferenceValue>()];
        diagnostics.Add(Diagnostics.NoList(reference, "'reference'", $"[{Example}]"));
        return [];
    }

    private ReferenceValue? Item(YamlNode item)
    {
        if (item is not YamlMap map)
        {
            diagnostics.Add(Diagnostics.NoMap(item, "A reference"));
            return null;
        }
        foreach (var entry in map.Entries)
            if (!Keys.Contains(entry.Key.Text))
                diagnostics.Add(Diagnostics.UnknownKey(entry.Key, "A reference", Keys));
        foreach (var needed in new[] { "what", "metric", "value" })
            if (map.Find(needed) is null)
            {
                diagnostics.Add(Diagnostics.MissingKey(map.At with { Length = 1 }, needed, "The reference", $"write {Example}"));
                return null;
            }
        if (map.Find("metric")!.Value is not YamlScalar { IsNull: false } metric)
        {
            diagnostics.Add(Diagnostics.NoText(map.Find("metric")!.Value, "'metric'"));
            return null;
        }
        var value = TextReading.Number(map.Find("value")!.Value, "'value'", diagnostics);
        var within = map.Find("within") is { } tolerance ? TextReading.Number(tolerance.Value, "'within'", diagnostics) : DefaultWithin;
        var metrics = bounds.Metrics(metric);
        bounds.CheckShare(metrics, value, map.Find("value")!.Value);
        return value is null || within is null ? null : new(
            TextReading.Localized(map.Find("what")!.Value, "'what'", diagnostics), metrics, value.Value, within.Value,
            map.Find("why") is { } why ? TextReading.Localized(why.Value, "'why'", diagnostics) : null);
    }
}
