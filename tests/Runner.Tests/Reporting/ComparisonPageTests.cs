using Pipelines.Runner.Execution;
using Pipelines.Runner.Reporting;

namespace Pipelines.Tests.Runner.Reporting;

public sealed class ComparisonPageTests
{
    private static readonly Comparison s_comparison = new(
        new("one <run>", "small"), new(null, "small"),
        [
            new("model", null, [new("with.dropout", "0.1", "<b>"), new("with.layers", null, "2")],
                [new("validation.loss", 0.5, 0.25), new("gone", 1, null)]),
            new("rows", null, [], []) { Data = ["rows.text"] },
            new("extra", "the second", [], []),
        ],
        ["a note"]);

    [Theory]
    [InlineData("en", "one <run> → now", "−0.250 (better)", "Only in now: extra.")]
    [InlineData("fr", "one <run> → maintenant", "−0,250 (mieux)", "Seulement dans maintenant\u202F: extra.")]
    public void A_page_tells_parameters_data_and_metrics(string language, string title, string difference, string only)
    {
        var page = Page.Parse(ComparisonPage.Of(s_comparison, language, SampleRun.Home));

        Assert.Equal(title, page.Tagged("h1").Single().Value);
        var cells = page.Tagged("tr").Select(row => string.Join('|', row.Elements().Select(cell => cell.Value))).ToList();
        Assert.Contains(cells, row => row.StartsWith("model|validation.loss|", StringComparison.Ordinal)
            && row.EndsWith(difference, StringComparison.Ordinal));
        Assert.Contains("model|with.dropout|0.1|<b>", cells);
        Assert.Contains("model|with.layers|–|2", cells);
        Assert.All(page.Tagged("table"), table => Assert.NotEmpty((string)table.Attribute("aria-label")!));
        Assert.Contains(page.Tagged("li"), item => item.Value == only);
        Assert.Contains(page.Tagged("p", "warning"), note => note.Value.EndsWith("a note", StringComparison.Ordinal));
    }

    [Fact]
    public void What_differs_is_written_with_the_decimals_that_show_it()
    {
        var page = Page.Parse(ComparisonPage.Of(
            s_comparison with { Stages = [new("model", null, [], [new("loss", 0.00128, 0.0006)])] }, "en", SampleRun.Home));

        Assert.Contains(page.Tagged("tr"), row =>
            string.Join('|', row.Elements().Select(cell => cell.Value)).StartsWith("model|loss|0.0013|0.0006|", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_that_differs_is_said()
    {
        var page = Page.Parse(ComparisonPage.Of(s_comparison with { Stages = [], Notes = [] }, "en", SampleRun.Home));

        Assert.Equal("No parameter and no metric differs.", page.Tagged("p", "verdict").Single().Value);
        Assert.Empty(page.Tagged("table"));
    }
}
