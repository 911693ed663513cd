using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Pipelines.Tests.EndToEnd;

/// <summary>Every number of the first page of a real run is one of its metrics, or can be counted in its predictions and tables.</summary>
public sealed partial class FindingNumbersTests : IDisposable
{
    private static readonly string s_sentences = Path.Combine(Runner.Home, "data/samples/financial/sentences.txt");

    private static readonly HashSet<string> s_texts =
        [.. File.ReadAllLines(s_sentences, Encoding.Latin1).Select(line => line[..line.LastIndexOf('@')])];

    private readonly SmallProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Numbers_of_the_prose_come_from_metrics_and_tables()
    {
        using var page = FirstPageOf(Pipeline);
        var findings = page.RootElement.GetProperty("findings").EnumerateArray().ToList();
        var sentences = findings.Select(finding => finding.GetProperty("text").GetString()!)
            .Append(page.RootElement.GetProperty("answer").GetString()!)
            .Concat(page.RootElement.GetProperty("limits").EnumerateArray().Select(limit => limit.GetString()!)).ToList();

        var known = Known();

        Assert.True(findings.Count >= 2, string.Join('\n', sentences));
        Assert.Empty(from sentence in sentences
                     from Match number in Number().Matches(Quoted().Replace(sentence, ""))
                     where !known.Contains(number.Value)
                     select $"{number.Value} in: {sentence}");
        Assert.All(Rows(), row => Assert.Contains(row.Text, s_texts));
        // The set is no net that lets everything through.
        Assert.InRange(Enumerable.Range(0, 1000).Count(i => known.Contains(Text(i / 10.0, 1))), 1, 60);
    }

    [Fact]
    public void Data_that_are_only_described_have_an_answer_too()
    {
        var lines = File.ReadAllLines(s_sentences, Encoding.Latin1)
            .Select(line => (Text: line[..line.LastIndexOf('@')], Label: line[(line.LastIndexOf('@') + 1)..])).ToList();
        using var page = FirstPageOf(Description);
        var answer = page.RootElement.GetProperty("answer").GetString()!;
        List<int> lengths = [.. lines.Select(line => line.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length).Order()];
        var labels = lines.CountBy(line => line.Label).ToList();
        var (most, rarest) = (labels.MaxBy(label => label.Value), labels.MinBy(label => label.Value));

        Assert.True(2 * most.Value >= lines.Count);
        Assert.StartsWith(
            "One of 3 labels holds half of the rows; half of the texts have "
                + FormattableString.Invariant($"{lengths[lengths.Count / 2]} words at most"), answer, StringComparison.Ordinal);
        Assert.Equal(
            FormattableString.Invariant($"The most frequent one is {most.Key} ({most.Value}), the rarest {rarest.Key} ({rarest.Value})."),
            page.RootElement.GetProperty("findings")[0].GetProperty("text").GetString());
        Assert.EndsWith(
            FormattableString.Invariant($"the longest has {lengths[^1]} words."),
            page.RootElement.GetProperty("findings")[1].GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    /// <summary>Vocabularies of other rows are not what preparing made of the first one.</summary>
    [Theory]
    [InlineData("cleaned", true)]
    [InlineData("others", false)]
    public void Only_vocabularies_of_the_same_rows_are_compared(string second, bool isCompared)
    {
        using var page = FirstPageOf(Description.Replace(
            "report:", $"  second: {{ uses: describe/words, from: {second} }}\nreport:", StringComparison.Ordinal));

        Assert.Equal(isCompared, page.RootElement.GetProperty("findings").EnumerateArray()
            .Any(finding => finding.GetProperty("title").GetString()!.EndsWith("after preparing", StringComparison.Ordinal)));
    }

    /// <summary>With one training a value the rows decide; a pipeline that changes something else is about that.</summary>
    [Fact]
    public void What_was_tried_with_several_values_is_the_answer_unless_the_extended_file_tried_it()
    {
        using var page = FirstPageOf(Pipeline.Replace(
            "with: { features: tfidf } }",
            "matrix: { features: [counts, tfidf] }, with: { features: \"${matrix.features}\" } }", StringComparison.Ordinal));
        using var metrics = JsonDocument.Parse(_project.Read("reports/f/metrics.json"));
        var first = page.RootElement.GetProperty("findings")[0];
        var (counts, tfidf) = (Right("counts"), Right("tfidf"));

        Assert.NotEqual(counts, tfidf);
        Assert.Contains(first.GetProperty("title").GetString(), new[]
        {
            counts > tfidf ? "“counts” does better than “tfidf”" : "“tfidf” does better than “counts”",
            $"No measurable difference between {(counts > tfidf ? "“counts” and “tfidf”" : "“tfidf” and “counts”")}",
        });
        var text = first.GetProperty("text").GetString()!;
        Assert.Contains($"{Text(counts * 100, 1)}%", text, StringComparison.Ordinal);
        Assert.Contains($"{Text(tfidf * 100, 1)}%", text, StringComparison.Ordinal);
        Assert.Contains($"+{Text((counts - tfidf) * 100, 1)}", text, StringComparison.Ordinal);

        _project.Write("g.yaml", "extends: f.yaml\npipeline: g\nstages: { bayes: { with: { alpha: 0.5 } } }\nreport: { language: en }\n");
        Assert.Equal(0, _project.Run("exec", "g.yaml").Code);
        using var child = JsonDocument.Parse(_project.Read("reports/g/findings.json"));
        Assert.EndsWith("“f”", child.RootElement.GetProperty("findings")[0].GetProperty("title").GetString(), StringComparison.Ordinal);

        double Right(string features) => metrics.RootElement.GetProperty($"scores@features={features}.test.accuracy").GetDouble();
    }

    private JsonDocument FirstPageOf(string pipeline)
    {
        Directory.CreateDirectory(Path.Combine(_project.Root, "own"));
        File.Copy(s_sentences, Path.Combine(_project.Root, "own/sentences.txt"));
        _project.Write("own/others.csv", "text\nnot a word of theirs\n");
        _project.Write("f.yaml", pipeline);
        var run = _project.Run("exec", "f.yaml");
        Assert.True(run.Code == 0, run.Output + run.Error);
        return JsonDocument.Parse(_project.Read("reports/f/findings.json"));
    }

    // 95: of the intervals; 80: the share of answers that is kept; 200: below which a class is small; 0.001: the smallest p that is told.
    private HashSet<string> Known()
    {
        HashSet<string> known = new(StringComparer.Ordinal) { "95", "80", "200", "0.001" };
        using var json = JsonDocument.Parse(_project.Read("reports/f/metrics.json"));
        var (low, high) = (Metric(json, "accuracy_low"), Metric(json, "accuracy_high"));
        var accuracy = Metric(json, "accuracy");
        Add(known, Metric(json, "rows"), accuracy, low, high, Math.Max(high - accuracy, accuracy - low));
        var rows = Rows();
        AddCounts(known, rows);
        foreach (var label in rows.Select(row => row.Label).Distinct())
            Add(known, RightOf(rows.Where(row => row.Label == label)), RightOf(rows.Where(row => row.Label != label)));
        Row[] surest = [.. rows.OrderByDescending(row => row.Confidence).Take((int)Math.Ceiling(0.8 * rows.Count))];
        Add(known, Math.Floor(surest[^1].Confidence * 100) / 100, RightOf(surest));
        // What always answers the most frequent label has its rows right and no others.
        var most = rows.GroupBy(row => row.Label).MaxBy(group => group.Count())!.Key;
        Add(known, rows.Count(row => row.Right && row.Label != most), rows.Count(row => !row.Right && row.Label == most),
            rows.Count(row => row.Label == most) / (double)rows.Count);
        return known;
    }

    private static double Metric(JsonDocument metrics, string name) =>
        metrics.RootElement.GetProperty($"scores.test.{name}").GetDouble();

    private static void AddCounts(HashSet<string> known, List<Row> rows)
    {
        var errors = rows.Count(row => !row.Right);
        Add(known, rows.Count, errors, rows.Select(row => row.Label).Distinct().Count(), 1);
        foreach (var count in Counts(rows, row => row.Label))
            Add(known, count);
        foreach (var count in Counts(rows.Where(row => !row.Right), row => $"{row.Label} {row.Predicted}"))
            Add(known, count, count / (double)errors);
    }

    private static double RightOf(IEnumerable<Row> rows) => rows.Average(row => row.Right ? 1 : 0.0);

    private static IEnumerable<long> Counts(IEnumerable<Row> rows, Func<Row, string> key) =>
        rows.GroupBy(key, StringComparer.Ordinal).Select(group => group.LongCount());

    private static void Add(HashSet<string> known, params ReadOnlySpan<double> values)
    {
        foreach (var value in values)
            known.UnionWith(value > 1 ? [Text(value, 0)] : [Text(value, 0), Text(value * 100, 1), Text(value * 100, 0)]);
    }

    private static string Text(double value, int decimals) =>
        Math.Abs(value).ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private List<Row> Rows() => [.. _project.Read("reports/f/predictions.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
        .Select(line => Cells().Match(line.TrimEnd('\r'))).Select(cells => new Row(
            cells.Groups["text"].Value.Trim('"').Replace("\"\"", "\"", StringComparison.Ordinal),
            cells.Groups["label"].Value, cells.Groups["predicted"].Value,
            double.Parse(cells.Groups["confidence"].Value, CultureInfo.InvariantCulture),
            bool.Parse(cells.Groups["right"].Value)))];

    private const string Pipeline = """
        pipeline: f
        seed: 7
        stages:
          rows:
            uses: load/delimited
            with:
              { file: own/sentences.txt, encoding: iso-8859-1, separator: "@", columns: [text, label], label: label, quoted: false,
                split_last: true }
          parts: { uses: split/random, from: rows, with: { train: 0.8, validation: 0.1, shuffle: python, seed: 0 } }
          classes: { uses: label/classes, from: parts }
          majority: { uses: train/majority, from: classes }
          bayes: { uses: train/naive-bayes, from: classes, with: { features: tfidf } }
          least: { uses: evaluate/classes, from: { model: majority, rows: classes } }
          scores: { uses: evaluate/classes, from: { model: bayes, rows: classes } }
        report: { language: en }
        """;

    private const string Description = """
        pipeline: f
        stages:
          rows:
            uses: load/delimited
            with:
              { file: own/sentences.txt, encoding: iso-8859-1, separator: "@", columns: [text, label], label: label, quoted: false,
                split_last: true }
          labels: { uses: describe/labels, from: rows }
          lengths: { uses: describe/lengths, from: rows }
          words: { uses: describe/words, from: rows }
          cleaned: { uses: clean/text, from: rows, with: { remove_digits: true } }
          others: { uses: load/csv, with: { train: own/others.csv, text: text } }
        report: { language: en }
        """;

    private sealed record Row(string Text, string Label, string Predicted, double Confidence, bool Right);

    [GeneratedRegex(@"\d+(?:\.\d+)?")]
    private static partial Regex Number();

    [GeneratedRegex("“[^”]*”")]
    private static partial Regex Quoted();

    [GeneratedRegex("^test,(?<text>.*),(?<label>[a-z]+),(?<predicted>[a-z]+),(?<confidence>[0-9.eE+-]+),(?<right>[Tt]rue|[Ff]alse)$")]
    private static partial Regex Cells();
}
