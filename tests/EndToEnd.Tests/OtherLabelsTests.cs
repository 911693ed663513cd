using System.Text.Json;

namespace Pipelines.Tests.EndToEnd;

/// <summary>One pipeline may ask for letters and for whole codes: neither model is better than the other.</summary>
public sealed class OtherLabelsTests : IDisposable
{
    private readonly SmallProject _project = new();

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData("letter", "code", "letter")]
    [InlineData("code", "letter", "code")]
    public void A_report_is_about_the_best_of_those_that_were_asked_the_same_as_the_first(string first, string second, string told)
    {
        _project.Write("h.yaml", Pipeline + Scores(first) + Scores(second) + """
              least: { uses: evaluate/classes, from: { model: majority, rows: code } }
            report: { language: en }
            """);

        var run = _project.Run("exec", "h.yaml");

        Assert.True(run.Code == 0, run.Output + run.Error);
        using var metrics = JsonDocument.Parse(_project.Read("reports/h/metrics.json"));
        var (letters, codes) = (Accuracy(metrics, "letter_scores"), Accuracy(metrics, "code_scores"));
        Assert.True(letters > codes, "the letters must be the easier question, or the test shows nothing");
        using var page = JsonDocument.Parse(_project.Read("reports/h/findings.json"));
        Assert.Contains(
            FormattableString.Invariant($"{100 * (told == "letter" ? letters : codes):F1}%"),
            page.RootElement.GetProperty("answer").GetString()!.Replace("\u202F", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain(
            page.RootElement.GetProperty("findings").EnumerateArray(),
            finding => finding.ToString().Contains(told == "letter" ? "code_bayes" : "letter_bayes", StringComparison.Ordinal));
    }

    private static double Accuracy(JsonDocument metrics, string stage) =>
        metrics.RootElement.GetProperty($"{stage}.test.accuracy").GetDouble();

    private static string Scores(string labels) =>
        $"  {labels}_scores: {{ uses: evaluate/classes, from: {{ model: {labels}_bayes, rows: {labels} }} }}\n";

    private static string Sample(string split) => Path.Combine(Runner.Home, "data/samples/icd10", split + ".csv");

    private static readonly string Pipeline = $$"""
        pipeline: h
        stages:
          rows:
            uses: load/csv
            with:
              train: {{Sample("train")}}
              validation: {{Sample("validation")}}
              test: {{Sample("test")}}
              text: RawText
              label: ICD10
          letter: { uses: label/prefix, from: rows, with: { length: 1, unknown: class } }
          code: { uses: label/prefix, from: rows, with: { length: 4, unknown: class } }
          letter_bayes: { uses: train/naive-bayes, from: letter, with: { features: counts } }
          code_bayes: { uses: train/naive-bayes, from: code, with: { features: counts } }
          majority: { uses: train/majority, from: code }

        """;
}
