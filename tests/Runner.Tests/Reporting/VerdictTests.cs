using System.Xml.Linq;
using Pipelines.Runner.Reporting;
using Pipelines.Runner.Reporting.Sections;
using Pipelines.Tests.Runner.Reporting.Findings;

namespace Pipelines.Tests.Runner.Reporting;

public sealed class VerdictTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("verdict-");

    /// <summary>Test rows are for telling: a model that is better on them by chance is not chosen for it.</summary>
    [Theory]
    [InlineData(0.4, 0.6, 0.5, 0.3, "scores", "40,0")]
    [InlineData(0.6, 0.4, 0.3, 0.5, "other", "40,0")]
    public void Of_several_models_the_best_on_validation_rows_is_told(
        double first, double second, double validatedFirst, double validatedSecond, string chosen, string told)
    {
        Measure("scores", first, validatedFirst);
        Measure("other", second, validatedSecond);

        var page = PageOf(TwoEvaluations);

        Assert.Contains(
            $"des 2 modèles évalués, choisi sur les lignes de validation (étape {chosen})", VerdictOf(page), StringComparison.Ordinal);
        Assert.Equal($"{told}\u202F%", page.Tagged("span", "key-value").First().Value);
        Assert.Contains(Rows(page), row => row[0] == chosen && row[^1] == "✓");
        Assert.Single(Rows(page), row => row[^1] == "✓" && row[0] is "scores" or "other");
    }

    [Fact]
    public void Where_the_told_score_chose_and_where_models_are_equal_it_is_said()
    {
        Measure("scores", 0.6);
        Measure("other", 0.6);

        var verdict = VerdictOf(PageOf(TwoEvaluations));

        Assert.Contains("d'après ce score même, qui le flatte", verdict, StringComparison.Ordinal);
        Assert.Contains("Tout aussi bon : other.", verdict, StringComparison.Ordinal);
    }

    /// <summary>The table of all models would be the one of the chapter that compares them, unless validation rows decided.</summary>
    [Theory]
    [InlineData(null, false)]
    [InlineData(0.5, true)]
    public void Models_that_a_stage_compares_are_in_one_table(double? validated, bool areTold)
    {
        Measure("scores", 0.6, validated);
        Measure("other", 0.4, validated);

        var page = PageOf(yaml => TwoEvaluations(yaml).Replace(
            "  other: {", "  compared: { uses: compare/models, from: [scores, other] }\n  other: {", StringComparison.Ordinal));

        Assert.Equal(areTold, Rows(page).Exists(row => row[0] == "scores" && row[^1] == "✓"));
    }

    [Fact]
    public void Over_seeds_the_mean_chooses_and_is_told()
    {
        MeasureTwoSeeds();

        var page = PageOf(TwoSeeds);

        Assert.Contains("en moyenne de 2 graines (écart-type de 14,1 pt)", VerdictOf(page), StringComparison.Ordinal);
        Assert.Contains("les 2 dont le réglage est le meilleur, en moyenne, sur les lignes de validation (scores@size=large).",
            VerdictOf(page), StringComparison.Ordinal);
        Assert.Equal("70,0\u202F%", page.Tagged("span", "key-value").First().Value);
        // The means, and all cells; another table of the same cells would say it again.
        Assert.Equal(
            ["large", "large 1", "large 2"],
            from row in Rows(page)
            where row[^1] == "✓" && row[0] is "large" or "small"
            select row[1] is "1" or "2" ? $"{row[0]} {row[1]}" : row[0]);
        Assert.DoesNotContain(Rows(page), row => row.Contains("scores@size=large,seed=2") && row[^1] == "✓");
    }

    /// <summary>Else their numbers would contradict the mean that stands above them.</summary>
    [Fact]
    public void Findings_say_of_which_training_they_are_where_the_score_is_a_mean()
    {
        MeasureTwoSeeds();
        var plan = SampleRun.Plan(TwoSeeds);
        var (data, language) = (FindingSamples.ByRule["confused"].Found, SampleRun.Files.Language("fr"));

        var report = ReportBuilder.Build(new(plan, SampleRun.Record(plan, _folder.FullName), null, language) { FindingData = data });
        var single = SampleRun.Plan();

        Assert.Contains("un seul des 2 entraînements, scores@size=large,seed=1 (90,0\u202F% ", report.FindingsNote,
            StringComparison.Ordinal);
        Assert.Null(ReportBuilder.Build(new(single, SampleRun.Record(single), null, language) { FindingData = data }).FindingsNote);
    }

    [Theory]
    [InlineData(900, "Neuf réponses sur dix sont justes")]
    [InlineData(877, "Un peu moins de neuf réponses sur dix sont justes")]
    [InlineData(922, "Un peu plus de neuf réponses sur dix sont justes")]
    [InlineData(480, "Un peu moins d'une réponse sur deux est juste")]
    [InlineData(1000, "Toutes les réponses sont justes")]
    [InlineData(550, null)]
    public void A_share_near_a_simple_one_is_told_in_words(int right, string? lead)
    {
        Measure("scores", right / 1000.0);
        var plan = SampleRun.Plan();
        var data = FindingSamples.Of(FindingSamples.Rows(right, "a", "a"), FindingSamples.Rows(1000 - right, "b", "c"));

        var report = ReportBuilder.Build(new(plan, SampleRun.Record(plan, _folder.FullName), null, SampleRun.Files.Language("fr"))
        {
            FindingData = data,
        });

        Assert.Equal(lead, report.Headline!.Lead);
    }

    [Fact]
    public void Without_an_evaluation_there_is_no_score_to_tell()
    {
        var plan = SampleRun.Plan(yaml => yaml.Replace("  answers: answers.md", "", StringComparison.Ordinal));

        var page = Page.Parse(Reports.Text(plan, SampleRun.Record(plan, _folder.FullName), SampleRun.Files));

        Assert.Empty(page.Tagged("ul", "key-numbers"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string TwoSeeds(string yaml) => yaml.Replace(
        "  scores: {", "  scores: { matrix: { size: [small, large], seed: [1, 2] }, seed: \"${matrix.seed}\",", StringComparison.Ordinal);

    private void MeasureTwoSeeds()
    {
        (double Test, double Validation)[] small = [(0.5, 0.9), (0.3, 0.1)], large = [(0.6, 0.6), (0.8, 0.6)];
        for (var seed = 0; seed < 2; seed++)
        {
            Measure($"scores@size=small,seed={seed + 1}", small[seed].Test, small[seed].Validation);
            Measure($"scores@size=large,seed={seed + 1}", large[seed].Test, large[seed].Validation);
        }
    }

    private static string TwoEvaluations(string yaml) => yaml.Replace(
        "  examples: {", "  other: { uses: evaluate/sequence, from: { model: model, rows: padded } }\n  examples: {",
        StringComparison.Ordinal);

    private XDocument PageOf(Func<string, string> change)
    {
        var plan = SampleRun.Plan(yaml => change(yaml).Replace("  answers: answers.md", "", StringComparison.Ordinal));
        return Page.Parse(Reports.Text(plan, SampleRun.Record(plan, _folder.FullName), SampleRun.Files));
    }

    private static string VerdictOf(XDocument page) => string.Join(
        ' ', page.Tagged("p").Where(text => Page.ClassesOf(text) is ["answer-line" or "verdict"]).Select(text => text.Value))
        .Replace('\u00a0', ' ').Replace('\u202f', ' ').Replace('’', '\'');

    private static List<List<string>> Rows(XDocument page) =>
        [.. page.Tagged("table").SelectMany(table => table.Descendants("tr"))
            .Select(row => row.Elements().Select(cell => cell.Value).ToList())];

    private void Measure(string stage, double exactMatch, double? validated = null) => File.WriteAllText(
        Path.Combine(_folder.CreateSubdirectory(stage).FullName, "metrics.json"),
        FormattableString.Invariant($$"""{ "test.exact_match": {{exactMatch}}, "test.rows": 10""")
        + (validated is { } value ? FormattableString.Invariant($$""", "validation.exact_match": {{value}} }""") : " }"));
}
