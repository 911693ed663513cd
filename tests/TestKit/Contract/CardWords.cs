using System.Reflection;
using System.Text.RegularExpressions;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Reporting;
using Pipelines.Runner.Reporting.Wording;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.TestKit.Contract;

/// <summary>
/// The keys a stage wrote into its card and its metrics, and those that neither its manifest nor the language files have words for.
/// </summary>
/// <param name="given">What the stage was given: metrics that it only hands on are described by the kind that measured them.</param>
public sealed partial class CardWords(Sample sample, ArtifactSet given, ArtifactSet outputs)
{
    private static readonly string Home = typeof(CardWords).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(entry => entry.Key == "Home").Value!;

    private readonly List<CardItem> _items = [.. Artifacts<Card>(outputs).SelectMany(ItemsOf)];

    private ReportManifest Report => sample.Stage.Manifest.Report;

    /// <summary>Names of all metrics that the stage measured itself.</summary>
    public IReadOnlyList<string> Metrics { get; } =
        [.. Artifacts<Metrics>(outputs).ExceptBy(Artifacts<Metrics>(given).Select(metrics => metrics.Id), metrics => metrics.Id)
            .SelectMany(metrics => metrics.Values.Keys)];

    /// <summary>The keys of its cards that need words, and the measures.</summary>
    public IEnumerable<string> Keys =>
        _items.SelectMany(item => KeysOf(item, Report.Keys)).Concat(Metrics.Select(MetricNames.MeasureOf)).Distinct();

    /// <summary>Names of warnings.</summary>
    public IEnumerable<string> Warnings => _items.OfType<Warning>().Select(warning => warning.Name).Distinct();

    /// <summary>What has no words in a language, in words.</summary>
    public IReadOnlyList<string> Missing(string code)
    {
        var language = new KindLanguages(new ReportFiles("", Home).Language(code), sample.Plan.Stages).Of(sample.Stage);
        List<string> missing = [];
        if (language.Text(Report.Title).Length == 0)
            missing.Add("report.title");
        missing.AddRange(_items.SelectMany(item => KeysOf(item, language.Keys)).Distinct().Where(key => language.Find(key) is null)
            .Select(key => $"report.words.{key}"));
        missing.AddRange(_items.OfType<Warning>().Where(warning => !IsSaid(warning, language))
            .Select(warning => $"report.warnings.{warning.Name}, with no other places than {string.Join(", ", warning.Values.Keys)}"));
        missing.AddRange(
            Metrics.Where(name => Report.MetricOf(name) is null).Select(name => $"report.metrics.{MetricNames.MeasureOf(name)}"));
        missing.AddRange(Metrics.Where(
            name => language.Find(MetricNames.WithoutSplit(name)) is null && language.Find(MetricNames.MeasureOf(name)) is null)
            .Select(name => $"the text of report.metrics.{MetricNames.MeasureOf(name)}"));
        return [.. missing.Distinct()];
    }

    private static bool IsSaid(Warning warning, Language language) => new[] { warning.Name, warning.Name + "_one" }.All(name =>
        !language.Warnings.TryGetValue(name, out var sentence)
            ? name != warning.Name
            : Places().Matches(sentence).All(place => warning.Values.ContainsKey(place.Groups[1].Value)));

    // A reference to a source is data, whatever stands in a place for keys.
    private static IEnumerable<string> KeysOf(CardItem item, IEnumerable<string> keyColumns)
    {
        var keys = item.Keys();
        if ((item as Grid ?? (item as Figure)?.ToGrid()) is { } grid)
            keys = keys.Concat(grid.Keys()).Concat(Cells(grid, keyColumns));
        return keys.Where(key => SourceName.Replace(key, (_, _, _) => "") == key).Distinct();
    }

    private static IEnumerable<string> Cells(Grid grid, IEnumerable<string> keyColumns) =>
        from column in Enumerable.Range(0, grid.Columns.Count)
        where keyColumns.Contains(grid.Columns[column].Name)
        from row in grid.Rows
        where row[column] is string
        select (string)row[column]!;

    private static IEnumerable<T> Artifacts<T>(ArtifactSet set) => set.ByPort.Values.SelectMany(port => port).OfType<T>();

    private static IEnumerable<CardItem> ItemsOf(Card card)
    {
        using var file = File.OpenRead(Path.Combine(card.Directory, Card.FileName));
        return CardContent.Read(file).Items;
    }

    [GeneratedRegex(@"\{([a-z_]+)\}")]
    private static partial Regex Places();
}
