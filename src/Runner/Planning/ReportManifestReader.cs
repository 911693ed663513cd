using Pipelines.Runner.Documents;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Planning;

/// <summary>Reads what a manifest has under <c>report</c>.</summary>
internal sealed class ReportManifestReader(ICollection<Diagnostic> diagnostics) : ManifestMaps(diagnostics)
{
    private const string Lower = "lower";

    private static readonly string[] RootKeys = ["title", "section", "main", "words", "keys", "marks", "warnings", "metrics", "glossary"];
    private static readonly string[] MetricKeys = ["text", "format", "better", "headline", "baseline"];
    private static readonly string[] BaselineKeys = ["of", "method"];
    private static readonly string[] Directions = ["higher", Lower];

    private static readonly Dictionary<string, ValueFormat> Formats = new(StringComparer.Ordinal)
    {
        ["auto"] = ValueFormat.Auto,
        ["integer"] = ValueFormat.Integer,
        ["decimal"] = ValueFormat.Decimal,
        ["percent"] = ValueFormat.Percent,
        ["seconds"] = ValueFormat.Seconds,
    };

    public ReportManifest Read(YamlNode node)
    {
        if (Map(node, "'report'") is not { } map)
            return ReportManifest.Empty;
        CheckKeys(map, "'report'", RootKeys);
        return new(
            map.Find("title") is { } title ? Localized(title.Value, "'title'") : new(null, null),
                Word(map, "section", ReportManifest.Sections) ?? ReportManifest.OtherSection,
            Texts(map, "words", "A word"), Columns(map, "keys"), Columns(map, "marks"), Texts(map, "warnings", "A warning"), Metrics(map),
            Texts(map, "glossary", "An explanation"))
        {
            Main = map.Find("main") is { } main ? TextReading.Texts(main.Value, "An item", Findings) : null,
        };
    }

    private IReadOnlyList<string> Columns(YamlMap map, string key) =>
        map.Find(key) is { } columns ? TextReading.Texts(columns.Value, "A column", Findings) : [];

    private Dictionary<string, MetricManifest> Metrics(YamlMap map)
    {
        Dictionary<string, MetricManifest> metrics = new(StringComparer.Ordinal);
        foreach (var entry in Entries(map, "metrics"))
            metrics[entry.Key.Text] = Metric(entry.Value);
        return metrics;
    }

    private MetricManifest Metric(YamlNode node)
    {
        LocalizedText none = new(null, null);
        // Nothing at all where the language files have the word; { en: …, fr: … } in the place of the text alone.
        if (node is YamlScalar { IsNull: true })
            return new(none, ValueFormat.Auto);
        if (node is not YamlMap map || map.Find("en") is not null)
            return new(Localized(node, "A metric"), ValueFormat.Auto);
        CheckKeys(map, "A metric", MetricKeys);
        return new(map.Find("text") is { } text ? Localized(text.Value, "'text'") : none,
            Formats[Word(map, "format", [.. Formats.Keys]) ?? "auto"])
        {
            IsLowerBetter = Word(map, "better", Directions) == Lower,
            IsHeadline = map.Find("headline") is { } headline && IsTrue(headline.Value),
            Baseline = map.Find("baseline") is { } baseline ? BaselineOf(baseline.Value) : null,
        };
    }

    private BaselineManifest? BaselineOf(YamlNode node)
    {
        if (Map(node, "'baseline'") is not { } map)
            return null;
        CheckKeys(map, "'baseline'", BaselineKeys);
        if (map.Find("of") is { } of && map.Find("method") is { } method)
            return new(TextReading.Texts(of.Value, "A measure", Findings), Localized(method.Value, "'method'"));
        Findings.Add(Diagnostics.MissingKey(
            map.At with { Length = 1 }, map.Find("of") is null ? "of" : "method", "A baseline",
            "say which measures have to beat it ('of'), and how it is reached ('method')"));
        return null;
    }

    private bool IsTrue(YamlNode node)
    {
        if (node is YamlScalar { IsPlain: true } scalar && CoreSchema.TryBoolean(scalar.Text, out var value))
            return value;
        Findings.Add(Diagnostics.WrongType(node, "headline", "true or false", null));
        return false;
    }
}
