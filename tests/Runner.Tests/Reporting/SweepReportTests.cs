using System.Xml.Linq;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Reporting;
using Pipelines.Runner.Reporting.Drawing;
using Pipelines.Runner.Reporting.Findings.Rules;
using Pipelines.Runner.Reporting.Model;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Tests.Runner.Reporting;

/// <summary>A report of a sweep: one table of cells, the chosen one in full, the others folded.</summary>
public sealed class SweepReportTests : IDisposable
{
    private static readonly double[] Dropouts = [0.1, 0.3, 0.5];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sweep-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_chosen_cell_is_told_in_full_and_the_others_are_folded_in_the_annex()
    {
        var page = PageOf(chosen: 0.3);

        var annex = page.Tagged("section").Single(section => (string?)section.Attribute("id") == "details");
        var folded = annex.Descendants("details").Where(details => (string?)details.Attribute("class") == "cell")
            .Select(details => details.Descendants("code").First().Value).ToList();
        Assert.Equal(["model@dropout=0.1", "model@dropout=0.5"], folded);
        Assert.Single(
            page.Tagged("article"), article => article.Attribute("id")!.Value.StartsWith("block-model", StringComparison.Ordinal));
        Assert.Equal(["model@dropout=0.3"], page.Tagged("article", "stage").Select(stage => stage.Descendants("code").First().Value)
            .Where(id => id.StartsWith("model", StringComparison.Ordinal)));
    }

    [Fact]
    public void One_section_shows_every_cell_and_a_curve_over_the_first_axis_of_numbers()
    {
        var section = Assert.Single(PageOf(chosen: 0.3).Tagged("section"), section => (string?)section.Attribute("id") == "sweep");

        var rows = section.Descendants("figure").Where(figure => (string?)figure.Attribute("class") == "table").Descendants("tbody")
            .Single().Elements("tr")
            .Select(row => string.Join(" ", row.Elements().Select(cell => cell.Value))).ToList();
        Assert.Equal(3, rows.Count);
        Assert.EndsWith("✓", rows[1], StringComparison.Ordinal);
        Assert.Single(rows, row => row.EndsWith('✓'));
        Assert.Contains(section.Descendants("path"), path => (string?)path.Attribute("class") == "curve");
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(4, true)]
    public void Two_values_are_seen_in_the_table(int values, bool isDrawn)
    {
        var dropouts = Dropouts.Append(0.7).Take(values).ToList();
        var cells = dropouts.Select(dropout => new SweepCell([FormattableString.Invariant($"{dropout}")], [dropout], IsChosen: false));
        var items = SweepItems.Of(new(["dropout"], [new("model", "validation.exact_match", ValueFormat.Percent)], [.. cells])).ToList();

        Assert.IsType<Grid>(items[0]);
        Assert.Equal(isDrawn, items.OfType<LineFigure>().Any());
    }

    /// <summary>There may be a word for it: a drawing of layers is called « network » too.</summary>
    [Fact]
    public void An_axis_has_the_name_that_the_pipeline_file_gives_it()
    {
        var axis = new AxisEffect("network", new("scores", "test.accuracy", ValueFormat.Percent),
            [.. new[] { "lstm", "gru" }.Select(name => new AxisValue(name, new Dictionary<string, double> { ["seed=1"] = 0.5 }))], null);
        var figure = SettingEffect.Figure(axis);

        var drawing = Drawings.Of(figure, new("f", "Title", "", SampleRun.Files.Language("fr")));

        Assert.Contains(">network<", drawing, StringComparison.Ordinal);
        Assert.Equal("network", TableView.Of(figure.ToGrid(), SampleRun.Files.Language("fr")).Columns[0].Text);
    }

    [Fact]
    public void Without_a_choice_the_first_cell_is_told()
    {
        var page = PageOf(chosen: null);

        Assert.Equal(["model@dropout=0.3", "model@dropout=0.5"], page.Tagged("details", "cell")
            .Select(details => details.Descendants("code").First().Value));
        Assert.DoesNotContain(page.Tagged("section").Single(section => (string?)section.Attribute("id") == "sweep").Descendants("td"),
            cell => cell.Value == "✓");
    }

    [Fact]
    public void A_report_without_a_matrix_has_no_such_section()
    {
        var page = Page.Parse(SampleRun.Text(SampleRun.Plan()));

        Assert.DoesNotContain(page.Tagged("section"), section => (string?)section.Attribute("id") == "sweep");
        Assert.Empty(page.Tagged("details", "cell"));
    }

    [Theory]
    [InlineData("model@", "model", "model")]
    [InlineData("model@dropout=0.3", "model@dropout=0.3", "model@dropout=0.3")]
    public void What_is_stale_goes_by_the_name_of_its_stage_where_all_cells_are(string idStart, string stages, string heavy)
    {
        var text = PageOf(chosen: 0.3, stage => stage.Id.StartsWith(idStart, StringComparison.Ordinal)
            ? stage with
            {
                Outcome = new StageOutcome.Stale(stage.Id,
                new(ContentHash.Of([]), TimeSpan.Zero, stage.Outcome.Results!))
            } : stage).Root!.Value;

        Assert.Contains($"telles qu’elles étaient auparavant : {stages}.", text.Replace('\u00a0', ' ').Replace('\u202f', ' '),
            StringComparison.Ordinal);
        Assert.Contains($"n’a pas relancé {heavy} ", text.Replace('\u00a0', ' ').Replace('\u202f', ' '), StringComparison.Ordinal);
    }

    private XDocument PageOf(double? chosen, Func<StageRun, StageRun>? change = null)
    {
        var plan = SampleRun.Plan(yaml => yaml
            .Replace("from: padded, with: { epochs: 15, units: 150, dropout: 0.1 } }",
                "from: padded, matrix: { dropout: [0.1, 0.3, 0.5] }, with: { epochs: 15, units: 150, dropout: \"${matrix.dropout}\" } }",
                StringComparison.Ordinal)
            .Replace("  scores:", "  best: { uses: select/best, from: model, with: { metric: validation.exact_match } }\n  scores:",
                StringComparison.Ordinal)
            .Replace("model: model,", "model: best,", StringComparison.Ordinal)
            .Replace("  answers: answers.md", "", StringComparison.Ordinal));
        foreach (var dropout in Dropouts)
        {
            var cell = _folder.CreateSubdirectory(FormattableString.Invariant($"model@dropout={dropout}")).FullName;
            File.Copy(Path.Combine(SampleRun.Folder, "model", Card.FileName), Path.Combine(cell, Card.FileName));
            File.WriteAllText(Path.Combine(cell, Metrics.FileName),
                FormattableString.Invariant($$"""{ "validation.exact_match": {{0.9 - dropout}} }"""));
            if (dropout == chosen)
                File.Copy(Path.Combine(cell, Metrics.FileName),
                    Path.Combine(_folder.CreateSubdirectory("best").FullName, Metrics.FileName));
        }
        var record = SampleRun.Record(plan, _folder.FullName);
        return Page.Parse(
            Reports.Text(plan, record with { Stages = [.. record.Stages.Select(change ?? (stage => stage))] }, SampleRun.Files));
    }
}
