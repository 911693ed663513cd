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
        Execute("h", Pipeline + Scores(first) + Scores(second)
            + "  least: { uses: evaluate/classes, from: { model: majority, rows: code } }\n");

        using var metrics = JsonDocument.Parse(_project.Read("reports/h/metrics.json"));
        var (letters, codes) = (Accuracy(metrics, "letter_scores"), Accuracy(metrics, "code_scores"));
        Assert.True(letters > codes, "the letters must be the easier question, or the test shows nothing");
        using var page = JsonDocument.Parse(_project.Read("reports/h/findings.json"));
        Assert.Contains(
            FormattableString.Invariant($"{100 * (told == "letter" ? letters : codes):F1}%"),
            Plain(page.RootElement.GetProperty("answer").GetString()!), StringComparison.Ordinal);
        Assert.DoesNotContain(
            page.RootElement.GetProperty("findings").EnumerateArray(),
            finding => finding.ToString().Contains(told == "letter" ? "code_bayes" : "letter_bayes", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_cells_that_are_asked_for_more_and_more_the_last_is_told_and_the_difference_is_the_answer()
    {
        Execute("c", """
              asked: { uses: label/prefix, from: rows, matrix: { length: [1, 2, 4] }, with: { length: "${matrix.length}", unknown: class } }
              codes: { uses: describe/labels, from: rows, with: { prefix: 4 } }
              bayes: { uses: train/naive-bayes, from: asked, with: { features: counts } }
              scores: { uses: evaluate/classes, from: { model: bayes, rows: asked } }

            """);

        using var metrics = JsonDocument.Parse(_project.Read("reports/c/metrics.json"));
        var (letters, codes) = (Accuracy(metrics, "scores@length=1"), Accuracy(metrics, "scores@length=4"));
        using var page = JsonDocument.Parse(_project.Read("reports/c/findings.json"));
        var answer = Plain(page.RootElement.GetProperty("answer").GetString()!);
        Assert.StartsWith(FormattableString.Invariant($"−{100 * (letters - codes):F1}pt from length = 1 to length = 4: "), answer,
            StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"{100 * letters:F1}%, then {100 * codes:F1}%. {100 * codes:F1}% right answers"),
            answer, StringComparison.Ordinal);
        // That baseline is of whole codes: of letters it would be higher.
        var baseline = metrics.RootElement.GetProperty("codes.test.majority_accuracy").GetDouble();
        var html = Plain(_project.Read("reports/c.html"));
        Assert.Contains(FormattableString.Invariant($"would give {100 * baseline:F1}%"), html, StringComparison.Ordinal);
        Assert.DoesNotContain("models evaluated", html, StringComparison.Ordinal);
    }

    private void Execute(string pipeline, string stages)
    {
        _project.Write(pipeline + ".yaml", Rows(pipeline) + stages + "report: { language: en }\n");
        var run = _project.Run("exec", pipeline + ".yaml");
        Assert.True(run.Code == 0, run.Output + run.Error);
    }

    private static string Plain(string text) => text.Replace("\u202F", "", StringComparison.Ordinal)
        .Replace("\u00A0", " ", StringComparison.Ordinal);

    private static double Accuracy(JsonDocument metrics, string stage) =>
        metrics.RootElement.GetProperty($"{stage}.test.accuracy").GetDouble();

    private static string Scores(string labels) =>
        $"  {labels}_scores: {{ uses: evaluate/classes, from: {{ model: {labels}_bayes, rows: {labels} }} }}\n";

    private static string Sample(string split) => Path.Combine(Runner.Home, "data/samples/icd10", split + ".csv");

    private static string Rows(string pipeline) => $$"""
        pipeline: {{pipeline}}
        stages:
          rows:
            uses: load/csv
            with:
              train: {{Sample("train")}}
              validation: {{Sample("validation")}}
              test: {{Sample("test")}}
              text: RawText
              label: ICD10

        """;

    private const string Pipeline = """
          letter: { uses: label/prefix, from: rows, with: { length: 1, unknown: class } }
          code: { uses: label/prefix, from: rows, with: { length: 4, unknown: class } }
          letter_bayes: { uses: train/naive-bayes, from: letter, with: { features: counts } }
          code_bayes: { uses: train/naive-bayes, from: code, with: { features: counts } }
          majority: { uses: train/majority, from: code }

        """;
}
