using System.Text.Encodings.Web;
using System.Text.Json;
using Pipelines.Runner.Reporting;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Tests.Runner.Reporting;

public sealed class EscapingTests : IDisposable
{
    private const string Nasty = "<script>alert(1)</script> & \"double\" 'single' 🫀 שלום {{ report.title }}";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("report-");

    [Fact]
    public void Texts_of_every_kind_of_item_arrive_as_they_were_and_are_never_markup()
    {
        var folder = _folder.CreateSubdirectory("rows").FullName;
        File.WriteAllText(Path.Combine(folder, Card.FileName), JsonSerializer.Serialize(Everything(), Json.Plain));
        File.WriteAllText(Path.Combine(_folder.FullName, "answers.md"), $"# {Nasty}\n\n{Nasty}\n\n- **{Nasty}**\n");
        var yaml = JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(Nasty);
        var plan = SampleRun.Plan(text => text.Replace("Première autrice", $"\"{yaml}\"", StringComparison.Ordinal)
            .Replace("course: \"", $"course: \"{yaml}", StringComparison.Ordinal)
            .Replace("fr: \"", $"fr: \"{yaml}", StringComparison.Ordinal));

        var html = Reports.Text(plan, SampleRun.Record(plan, _folder.FullName), new ReportFiles(_folder.FullName, SampleRun.Home));

        var page = Page.Parse(html);
        Assert.Empty(page.Tagged("script"));
        Assert.Contains(page.Tagged("td"), cell => cell.Value == Nasty);
        Assert.Contains(page.Tagged("dd"), fact => fact.Value == Nasty);
        Assert.Contains(page.Tagged("p", "tokens").SelectMany(words => words.Elements()),
            token => token.Value.StartsWith(Nasty, StringComparison.Ordinal));
        Assert.Contains(page.Tagged("p", "course"), course => course.Value.StartsWith(Nasty, StringComparison.Ordinal));
        Assert.Contains(page.Tagged("span", "author"), author => author.Value == Nasty);
        Assert.Contains(page.Tagged("h1"), title => title.Value.Contains("<script>", StringComparison.Ordinal));
        Assert.Contains(Nasty[..20], page.Tagged("pre", "yaml").Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Signs_that_a_page_cannot_hold_are_replaced()
    {
        var folder = _folder.CreateSubdirectory("rows").FullName;
        var card = new CardContent(new BarFigure("x", "x", "y", ["a\u0001b\uD800c"], [new("rows", [1])]), new Fact("y", "a\u0001b\uFFFE"));
        File.WriteAllText(Path.Combine(folder, Card.FileName), JsonSerializer.Serialize(card, Json.Plain));
        var plan = SampleRun.Plan(text => text.Replace("  answers: answers.md", "", StringComparison.Ordinal));

        var html = Reports.Text(plan, SampleRun.Record(plan, _folder.FullName), new ReportFiles(_folder.FullName, SampleRun.Home));

        Assert.Contains("a\uFFFDb", Page.Parse(html).Root!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_of_millions_of_characters_does_not_make_a_page_of_millions()
    {
        var text = new string('x', 2_000_000);
        var folder = _folder.CreateSubdirectory("rows").FullName;
        var card = new CardContent(
            new Fact("a", text), new Grid("b", [new("c")], [[text]]), new Warning("d", new Dictionary<string, object> { ["e"] = text }),
            new BarFigure("f", "x", "y", [text, "b"], [new(text, [1, 2])]),
            new HeatmapFigure("g", "x", "y", [text, "b"], [text, "b"], [[1, 0], [0, 1]]) { About = text },
            new TokensFigure("h", [new(text, text, text, 1, [text, .. Enumerable.Repeat("y", 100_000)], new double[100_001])]));
        File.WriteAllText(Path.Combine(folder, Card.FileName), JsonSerializer.Serialize(card, Json.Plain));
        var plan = SampleRun.Plan(yaml => yaml.Replace("  answers: answers.md", "", StringComparison.Ordinal));

        var html = Reports.Text(plan, SampleRun.Record(plan, _folder.FullName), new ReportFiles(_folder.FullName, SampleRun.Home));

        Assert.Contains(new string('x', 600) + "…", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("x{700}", html);
        Assert.InRange(html.Length, 0, 1_000_000);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static CardContent Everything() => new(
        new Fact(Nasty, Nasty), new Fact("code", Nasty, ValueFormat.Code),
        new Grid(Nasty, [new(Nasty), new("code", ValueFormat.Code)], [[Nasty, Nasty], [1.5, null]]),
        new Warning(Nasty, new Dictionary<string, object> { [Nasty] = Nasty }),
        new Warning("empty_texts", new Dictionary<string, object> { ["count"] = Nasty }),
        new LineFigure(Nasty, Nasty, Nasty, [new(Nasty, [1, 2], [double.NaN, 1]), new("b", [1], [0])], 1, Nasty),
        new BarFigure(Nasty, Nasty, Nasty, [Nasty, "b"], [new(Nasty, [1, 2]), new("c", [0, double.NaN])]),
        new BarFigure("standing", "x", "y", ["<a>"], [new("b", [-1])]), new HistogramFigure(Nasty, Nasty, [0, 1, 2], [3, 4], 1, Nasty),
        new HeatmapFigure(Nasty, Nasty, Nasty, [Nasty, "b"], ["<c>", Nasty], [[1, 2], [3, double.NaN]]) { About = Nasty },
        new ScatterFigure(Nasty, Nasty, Nasty, [new(Nasty, Nasty, 1, 2), new("b", "c", 2, 1)]),
        new TokensFigure(Nasty, [new(Nasty, Nasty, Nasty, 0.5, [Nasty, "b"], [0.5, double.NaN], 0.1), new("", null, "x", 1, [], [])]));
}
