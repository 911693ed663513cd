using Pipelines.Runner.Reporting;

namespace Pipelines.Tests.Runner.Reporting;

public sealed class VerdictTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("verdict-");

    [Theory]
    [InlineData(0.4, 0.6, "other")]
    [InlineData(0.6, 0.4, "scores")]
    public void Of_several_models_the_best_is_told_and_all_are_compared(double first, double second, string best)
    {
        Measure("scores", first);
        Measure("other", second);
        var plan = SampleRun.Plan(yaml =>
            yaml.Replace("  examples: {", "  other: { uses: evaluate/sequence, from: { model: model, rows: padded } }\n  examples: {",
                StringComparison.Ordinal)
            .Replace("  answers: answers.md", "", StringComparison.Ordinal));

        var page = Page.Parse(Reports.Text(plan, SampleRun.Record(plan, _folder.FullName), SampleRun.Files));

        Assert.Contains($"le meilleur des 2 modèles évalués (étape {best})", page.Tagged("p", "verdict").Single().Value,
            StringComparison.Ordinal);
        Assert.Equal("60,0\u202F%", page.Tagged("span", "key-value").First().Value);
        var rows = page.Tagged("table").SelectMany(table => table.Descendants("tr"))
            .Select(row => row.Elements().Select(cell => cell.Value).ToList()).ToList();
        Assert.Contains(rows, row => row[0] == best && row[^1] == "✓");
    }

    [Fact]
    public void Without_an_evaluation_there_is_no_score_to_tell()
    {
        var plan = SampleRun.Plan(yaml => yaml.Replace("  answers: answers.md", "", StringComparison.Ordinal));

        var page = Page.Parse(Reports.Text(plan, SampleRun.Record(plan, _folder.FullName), SampleRun.Files));

        Assert.Empty(page.Tagged("ul", "key-numbers"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Measure(string stage, double exactMatch) => File.WriteAllText(
        Path.Combine(_folder.CreateSubdirectory(stage).FullName, "metrics.json"),
        FormattableString.Invariant($$"""{ "test.exact_match": {{exactMatch}}, "test.rows": 10 }"""));
}
