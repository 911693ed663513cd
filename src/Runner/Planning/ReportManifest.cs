using Pipelines.Runner.Documents;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Planning;

/// <summary>What a kind says of itself in reports: <c>report</c> of its manifest.</summary>
/// <param name="Section">The chapter that its stages tell their part in; one of <see cref="Sections"/>.</param>
/// <param name="Words">Names of facts, tables, columns, figures and series of its card, by key; they go before those of the language
/// files.</param>
/// <param name="Keys">Columns whose cells are keys.</param>
/// <param name="Marks">Columns that tick some rows, and leave the others empty.</param>
/// <param name="Warnings">Sentences with the values of a warning in braces; <c>…_one</c> is used for a count of one.</param>
/// <param name="Metrics">By measure, the most telling first.</param>
/// <param name="Glossary">Explanations, by the key that makes them necessary.</param>
public sealed record ReportManifest(
    LocalizedText Title, string Section, IReadOnlyDictionary<string, LocalizedText> Words, IReadOnlyList<string> Keys,
    IReadOnlyList<string> Marks,
    IReadOnlyDictionary<string, LocalizedText> Warnings, IReadOnlyDictionary<string, MetricManifest> Metrics,
    IReadOnlyDictionary<string, LocalizedText> Glossary)
{
    /// <summary>The chapter of stages whose kind names none.</summary>
    public const string OtherSection = "more";

    /// <summary>The chapter of evaluations: the scores of its stages are what a run came to.</summary>
    public const string ResultsSection = "results";

    /// <summary>The chapters that a kind may name, in the order of the report.</summary>
    public static IReadOnlyList<string> Sections { get; } =
        ["data", "preparation", "training", ResultsSection, "examples", "explanations", "embeddings", "comparison", OtherSection];

    /// <summary>Items of its card that belong into the main text; the others stand in the annex. Null: the first table and
    /// figure. Empty: nothing but warnings, where the report is about a model.</summary>
    public IReadOnlyList<string>? Main { get; init; }

    public static ReportManifest Empty { get; } = new(
        new(null, null), OtherSection, new Dictionary<string, LocalizedText>(), [], [], new Dictionary<string, LocalizedText>(),
        new Dictionary<string, MetricManifest>(), new Dictionary<string, LocalizedText>());

    /// <summary>Whether its stages measure how good a model is.</summary>
    public bool IsEvaluation => Section == ResultsSection;

    /// <param name="file">The part of the manifest; null: it is not in a part of its own.</param>
    /// <param name="node">What stands under <c>report</c> otherwise.</param>
    internal static Checked<ReportManifest> Read(SourceFile? file, YamlNode? node)
    {
        List<Diagnostic> diagnostics = [];
        if (file is not null)
            node = (YamlReader.Read(file, diagnostics) as YamlMap)?.Find(ManifestReader.ReportKey)?.Value;
        return new(node is null ? Empty : new ReportManifestReader(diagnostics).Read(node), diagnostics);
    }

    /// <summary>How a metric is described: by its name without the split, else by its measure; null: not at all.</summary>
    public MetricManifest? MetricOf(string name) =>
        Metrics.GetValueOrDefault(MetricNames.WithoutSplit(name)) ?? Metrics.GetValueOrDefault(MetricNames.MeasureOf(name));

    /// <summary>Names of the metrics that a reader asks for first, the most telling first; only of the first split that has any.</summary>
    public IEnumerable<string> HeadlinesIn(IReadOnlyDictionary<string, double> metrics)
    {
        var measures = Metrics.Where(metric => metric.Value.IsHeadline).Select(metric => metric.Key).ToList();
        return Splits.MostTelling.Select(
            split => measures.Select(measure => MetricNames.Of(split, measure)).Where(metrics.ContainsKey).ToList())
            .FirstOrDefault(found => found.Count > 0) ?? [];
    }
}

/// <summary>What a measure is called, and what the runner does with it.</summary>
/// <param name="Text">Empty where the language files have the word.</param>
public sealed record MetricManifest(LocalizedText Text, ValueFormat Format)
{
    /// <summary>Whether a smaller value is the better one.</summary>
    public bool IsLowerBetter { get; init; }

    /// <summary>Whether it is among those that a reader asks for first.</summary>
    public bool IsHeadline { get; init; }

    /// <summary>Set where it is what others have to beat.</summary>
    public BaselineManifest? Baseline { get; init; }
}

/// <summary>That a measure is the least others have to beat.</summary>
/// <param name="Of">The measures of other kinds that mean the same.</param>
/// <param name="Method">How it is reached, as the beginning of a sentence: <c>Always answering the most frequent class</c>.</param>
public sealed record BaselineManifest(IReadOnlyList<string> Of, LocalizedText Method);
