using System.Text.Json;
using System.Xml.Linq;
using Pipelines.Runner.Reporting;
using Pipelines.Runner.Reporting.Sections;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Tests.Runner.Reporting.Findings;

namespace Pipelines.Tests.Runner.Reporting;

/// <summary>The main text tells of one model, briefly; the annex has the rest.</summary>
public sealed class MainTextTests : IDisposable
{
    private const string Second = """
          second: { uses: train/seq2seq, from: padded, with: { epochs: 3 } }
          second_scores: { uses: evaluate/sequence, from: { model: second, rows: padded } }
          second_why: { uses: explain/integrated-gradients, from: { model: second, rows: padded } }

        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("main-text-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(0.6, 0.4, "", "second_")]
    [InlineData(0.4, 0.6, "second_", "")]
    public void Trainings_and_explanations_of_other_models_are_folded_in_the_annex(double first, double second, string told, string left)
    {
        Measure("scores", first);
        Measure("second_scores", second);
        foreach (var model in new[] { "model", "second" })
            Tell(model, new Grid("network", [new("parameters")], [[(long)model.Length]]));
        foreach (var why in new[] { "why", "second_why" })
            Tell(why, new Fact("rows", 8L));

        var page = PageOf();

        Assert.Equal([told == "" ? "model" : "second"], StagesOf(page, "training"));
        Assert.Equal([told + "why"], StagesOf(page, "explanations"));
        var folded = page.Tagged("details", "cell").Select(cell => cell.Descendants("code").First().Value).ToList();
        Assert.Equal([left == "" ? "model" : "second", left + "scores", left + "why"], folded.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Where_the_told_model_is_not_explained_another_one_is()
    {
        Measure("scores", 0.4);
        Measure("second_scores", 0.6);
        Tell("why", new Fact("rows", 8L));

        Assert.Equal(["why"], StagesOf(PageOf(), "explanations"));
    }

    /// <summary>A script that draws something belongs where its author puts it.</summary>
    [Fact]
    public void What_makes_no_model_stands_in_the_chapter_that_the_file_names()
    {
        Measure("scores", 0.6);
        Tell("drawn", new Fact("rows", 8L));

        var page = PageOf(yaml => yaml.Replace(
            "expect:",
            "  drawn: { run: \"true {in.rows} {out.card}\", from: rows, outputs: { card: card }, section: training }\nexpect:",
            StringComparison.Ordinal));

        Assert.Contains("drawn", StagesOf(page, "training"));
    }

    [Fact]
    public void Only_what_was_cut_goes_on_in_the_annex()
    {
        Measure("scores", 0.6);
        Tell("why", new Grid("a", [new("b")], [["told"]]), new Grid("a", [new("b")], [["left"]]));

        var page = PageOf();

        Assert.Contains(page.Tagged("section", "annex"), annex => annex.Value.Contains("left", StringComparison.Ordinal));
        Assert.DoesNotContain(page.Tagged("figcaption"), caption => caption.Value.EndsWith("(suite)", StringComparison.Ordinal));
    }

    [Fact]
    public void Where_no_stage_chose_the_cell_is_told_whose_score_is()
    {
        foreach (var (cell, score) in new[] { ("dropout=0.1", 0.4), ("dropout=0.3", 0.6) })
        {
            Measure($"scores@{cell}", score);
            Tell($"model@{cell}", new Grid("network", [new("parameters")], [[(long)(score * 10)]]));
        }

        var page = PageOf(yaml => yaml.Replace("from: padded, with: { epochs: 15, units: 150, dropout: 0.1 }",
            "from: padded, matrix: { dropout: [0.1, 0.3] }, with: { dropout: \"${matrix.dropout}\" }", StringComparison.Ordinal));

        Assert.Equal(["model@dropout=0.3"], StagesOf(page, "training"));
        Assert.Equal(["scores@dropout=0.3"], StagesOf(page, "results").Where(stage => stage.Length > 0));
        Assert.Contains("La suite décrit la cellule dont le score est donné en tête", page.Root!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_annex_goes_on_with_a_long_table_under_its_number()
    {
        Measure("scores", 0.6);
        Tell("labels", new Grid("most_frequent_classes", [new("class")], [.. Enumerable.Range(0, 30).Select(i => (object?[])[$"c{i}"])]));

        var page = PageOf();

        var tables = page.Tagged("figure", "table").Where(table => table.Value.Contains("c0", StringComparison.Ordinal)
            || table.Value.Contains("c29", StringComparison.Ordinal)).ToList();
        Assert.Equal([6, 24], tables.Select(table => table.Descendants("tbody").SelectMany(body => body.Elements("tr")).Count()));
        Assert.Equal(tables[0].Descendants("b").First().Value, tables[1].Descendants("b").First().Value);
        Assert.EndsWith("(suite)", tables[1].Element("figcaption")!.Value, StringComparison.Ordinal);
        Assert.NotEqual((string?)tables[0].Attribute("id"), (string?)tables[1].Attribute("id"));
    }

    /// <summary>Of a few lines, of which a long text takes several.</summary>
    [Theory]
    [InlineData(10, 100, 10)]
    [InlineData(11, 100, 6)]
    [InlineData(5, 200, 5)]
    [InlineData(8, 200, 3)]
    [InlineData(8, 600, 3)]
    [InlineData(2, 5_000, 2)]
    public void Of_a_long_table_the_first_rows_are_in_the_main_text(int rows, int letters, int kept)
    {
        Grid table = new("a", [new("text"), new("rows")],
            [.. Enumerable.Range(0, rows).Select(i => (IReadOnlyList<object?>)[new string('x', letters), (long)i])]);

        var (main, left) = Beginning.Of(table);

        Assert.Equal(table.Rows.Take(kept), Assert.IsType<Grid>(main).Rows);
        Assert.Equal(table.Rows.Skip(kept), (left as Grid)?.Rows ?? []);
    }

    [Theory]
    [InlineData(8, 5, 4)]
    [InlineData(8, 40, 2)]
    [InlineData(3, 200, 2)]
    [InlineData(4, 5, 4)]
    public void Of_coloured_texts_sixty_words_stay_two_texts_at_least_and_four_at_most(int texts, int words, int kept)
    {
        TokensFigure figure = new("a", [.. Enumerable.Range(0, texts).Select(i => Row($"text {i}", words))]);

        var (main, left) = Beginning.Of(figure);

        Assert.Equal(figure.Rows.Take(kept), Assert.IsType<TokensFigure>(main).Rows);
        Assert.Equal(figure.Rows.Skip(kept), (left as TokensFigure)?.Rows ?? []);
    }

    [Theory]
    [InlineData(5, 2)]
    [InlineData(70, 1)]
    public void Methods_that_are_compared_with_the_first_are_shown_on_fewer_texts(int words, int kept)
    {
        TokensFigure figure = new("a", [.. Enumerable.Range(0, 8).Select(i => Row($"text {i}", words))]);

        Assert.Equal(kept, Assert.IsType<TokensFigure>(Beginning.Of(figure, hasTexts: true).Main).Rows.Count);

        Measure("scores", 0.6);
        foreach (var why in new[] { "why", "second_why" })
            Tell(why, figure with { Rows = [.. figure.Rows.Select(row => row with { Text = $"{why} {row.Text}" })] });
        var page = PageOf(yaml => yaml.Replace("expect:",
            "  second_why: { uses: explain/lime, from: { model: model, rows: padded } }\nexpect:", StringComparison.Ordinal));
        Assert.Equal(
            [Assert.IsType<TokensFigure>(Beginning.Of(figure).Main).Rows.Count, kept],
            page.Tagged("section").Single(section => (string?)section.Attribute("id") == "explanations").Descendants("ol")
                .Select(texts => texts.Elements("li").Count()));
    }

    /// <summary>The first letter of a code is another label than the code, of which the model is told.</summary>
    [Theory]
    [InlineData("label/characters, from: words }", "labels")]
    [InlineData("label/prefix, from: words, with: { length: 1 } }", "letters")]
    public void Labels_that_the_model_is_not_asked_for_are_counted_in_the_annex(string codes, string told)
    {
        Measure("scores", 0.6);
        foreach (var stage in new[] { "labels", "letters" })
            Tell(stage, new Fact("classes", 3L), new Warning("classes_not_in_train", new Dictionary<string, object> { ["count"] = 2L }));

        var page = PageOf(yaml => yaml.Replace("label/characters, from: words }", codes, StringComparison.Ordinal));

        var articles = page.Tagged("section").Single(section => (string?)section.Attribute("id") == "data").Descendants("article")
            .Where(article => article.Descendants("code").Any(code => code.Value is "labels" or "letters")).ToList();
        Assert.Equal(["labels", "letters"], articles.Select(article => article.Descendants("code").First().Value));
        Assert.Equal([told], articles.Where(article => article.Descendants("dl").Any())
            .Select(article => article.Descendants("code").First().Value));
    }

    [Fact]
    public void Scores_come_before_what_the_answers_are_like()
    {
        var stages = StagesOf(Page.Parse(SampleRun.Text(SampleRun.Plan(), FindingSamples.ByRule["confused"].Found)), "results").ToList();

        Assert.Equal("scores", stages[0]);
        Assert.True(stages.Count > 1);
    }

    [Fact]
    public void What_several_methods_say_of_one_text_stays_together()
    {
        TokensFigure figure = new("a", [.. Enumerable.Range(0, 9).Select(i => Row($"text {i / 3}", 60))]);

        Assert.Equal(3, Assert.IsType<TokensFigure>(Beginning.Of(figure).Main).Rows.Count);
    }

    [Fact]
    public void How_colours_are_read_is_said_once()
    {
        Measure("scores", 0.6);
        foreach (var why in new[] { "why", "second_why" })
            Tell(why, new TokensFigure("attributions", [.. Enumerable.Range(0, 9).Select(i => Row($"text {i}", 30))]));

        Assert.Single(PageOf().Tagged("p", "tokens-lead"));
    }

    private static TokensRow Row(string text, int words) =>
        new(text, "x", "x", 1, [.. Enumerable.Repeat("word", words)], [.. Enumerable.Repeat(0.5, words)]);

    private static IEnumerable<string> StagesOf(XDocument page, string section) => page.Tagged("section")
        .Single(one => (string?)one.Attribute("id") == section).Descendants("article")
        .Select(article => article.Element("h3")!.Descendants("code").SingleOrDefault()?.Value ?? "");

    /// <param name="change">Applied to the pipeline file; null: a second model.</param>
    private XDocument PageOf(Func<string, string>? change = null)
    {
        change ??= yaml => yaml.Replace("expect:", Second + "expect:", StringComparison.Ordinal);
        var plan = SampleRun.Plan(yaml => change(yaml.Replace("  answers: answers.md", "", StringComparison.Ordinal)));
        return Page.Parse(Reports.Text(plan, SampleRun.Record(plan, _folder.FullName), SampleRun.Files));
    }

    private void Measure(string stage, double exactMatch)
    {
        Tell(stage, new Fact("rows", 10L));
        File.WriteAllText(Path.Combine(_folder.FullName, stage, "metrics.json"), FormattableString.Invariant(
            $$"""{ "test.exact_match": {{exactMatch}}, "validation.exact_match": {{exactMatch}}, "test.rows": 10 }"""));
    }

    private void Tell(string stage, params CardItem[] items) => File.WriteAllText(
        Path.Combine(_folder.CreateSubdirectory(stage).FullName, Card.FileName),
        JsonSerializer.Serialize(new CardContent(items), Json.Plain));
}
