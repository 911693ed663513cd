using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Reporting.Findings;
using Pipelines.Tests.Runner.Reporting.Findings;

namespace Pipelines.Tests.Runner.Reporting;

public sealed partial class ReportTests
{
    private static readonly Plan s_french = SampleRun.Plan();
    private static readonly string s_html = SampleRun.Text(s_french);

    [Theory]
    [InlineData("fr", "Données", "0,")]
    [InlineData("en", "Data", "0.")]
    public void Every_language_gives_a_well_formed_page(string language, string heading, string number)
    {
        var html = SampleRun.Text(SampleRun.Plan(yaml => yaml.Replace("language: fr", $"language: {language}", StringComparison.Ordinal)));

        var page = Page.Parse(html);

        Assert.Equal(language, (string?)page.Root!.Attribute("lang"));
        Assert.Contains(page.Tagged("h2"), element => element.Value == heading);
        Assert.Contains(page.Tagged("td"), element => element.Value.StartsWith(number, StringComparison.Ordinal));
    }

    [Fact]
    public void The_page_loads_nothing_and_runs_nothing()
    {
        var page = Page.Parse(s_html);

        Assert.Empty(page.Tagged("script"));
        Assert.DoesNotContain(page.Descendants().Attributes(), attribute => attribute.Name.LocalName is "src" or "srcset"
            || attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.All(page.Descendants().Attributes("href"), href => Assert.Matches("^(#|data:,$)", href.Value));
        Assert.DoesNotContain("@import", s_html, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"url\((?!#)", s_html);
    }

    [Fact]
    public void A_usual_report_stays_below_300_kilobytes() => Assert.InRange(Encoding.UTF8.GetByteCount(s_html), 20_000, 300_000);

    [Fact]
    public void The_same_run_gives_the_same_bytes() => Assert.Equal(s_html, SampleRun.Text(SampleRun.Plan()));

    [Fact]
    public void Another_run_on_another_machine_differs_only_in_the_part_about_the_run()
    {
        var record = SampleRun.Record(s_french);
        var other = record with
        {
            Id = "2027-01-01-calm-heron",
            Started = record.Started.AddYears(1),
            Took = TimeSpan.FromHours(2),
            Environment = record.Environment with { Os = "Ubuntu 26.04", Threads = 16 },
        };

        var html = Pipelines.Runner.Reporting.Reports.Text(s_french, other, SampleRun.Files);

        Assert.NotEqual(s_html, html);
        Assert.Equal(Page.WithoutRun(s_html), Page.WithoutRun(html));
    }

    [Fact]
    public void Headings_skip_no_level_and_ids_are_unique()
    {
        var page = Page.Parse(s_html);
        var levels = page.Descendants().Where(element => HeadingName().IsMatch(element.Name.LocalName))
            .Select(element => element.Name.LocalName[1] - '0').ToList();

        Assert.Single(levels, 1);
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1));
        var ids = page.Descendants().Attributes("id").Select(id => id.Value).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(page.Descendants().Attributes("href").Where(href => href.Value[0] == '#'),
            href => Assert.Contains(href.Value[1..], ids));
    }

    [Fact]
    public void Figures_and_tables_are_numbered_without_gaps()
    {
        // What the annex goes on with has the number of its beginning.
        var numbers = Page.Parse(s_html).Tagged("figcaption")
            .Where(caption => !caption.Value.EndsWith("(suite)", StringComparison.Ordinal)).SelectMany(caption => caption.Elements("b"))
            .Select(element => element.Value.Split(' '))
            .ToLookup(words => words[0], words => int.Parse(words[1], CultureInfo.InvariantCulture));

        Assert.Equal(["Figure", "Tableau"], numbers.Select(kind => kind.Key).Order());
        Assert.All(numbers, kind => Assert.Equal(Enumerable.Range(1, kind.Count()), kind));
    }

    [Fact]
    public void Every_figure_has_a_title_for_those_who_cannot_see_it_and_its_numbers_as_a_table()
    {
        var figures = Page.Parse(s_html).Tagged("figure", "drawing").ToList();

        Assert.True(figures.Count >= 8);
        Assert.All(figures, figure =>
        {
            // Words that are coloured have their numbers with them.
            Assert.NotEmpty(Page.ClassesOf(figure).Contains("attributions")
                ? figure.Descendants("small") : figure.Elements("details").Descendants("td"));
            Assert.All(figure.Descendants("svg").Take(1), svg => Assert.NotEqual("", svg.Element("desc")!.Value));
            foreach (var svg in figure.Descendants("svg"))
            {
                Assert.Equal("img", (string?)svg.Attribute("role"));
                Assert.NotEqual("", svg.Element("title")!.Value);
            }
        });
    }

    [Fact]
    public void Tables_name_their_columns() =>
        Assert.All(Page.Parse(s_html).Tagged("table"),
            table => Assert.All(table.Descendants("th"), head => Assert.NotNull(head.Attribute("scope"))));

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public void Every_table_has_a_name(string language)
    {
        var plan = SampleRun.Plan(yaml => yaml.Replace("language: fr", $"language: {language}", StringComparison.Ordinal));

        var tables = Page.Parse(SampleRun.Text(plan, FindingSamples.Everything)).Tagged("table").ToList();

        Assert.True(tables.Count > 40);
        Assert.All(tables, table => Assert.False(string.IsNullOrWhiteSpace((string?)table.Attribute("aria-label")), table.ToString()));
    }

    [Fact]
    public void Parts_of_the_rows_are_told_with_their_intervals()
    {
        var plan = SampleRun.Plan();
        IReadOnlyList<Answer> answers =
        [
            .. FindingSamples.Rows(30, "a", "a", text: "one 1"), .. FindingSamples.Rows(10, "a", "b", text: "ONE"),
            .. FindingSamples.Rows(10, "a", "a", text: "ONE"),
        ];

        var table = Page.Parse(SampleRun.Text(plan, FindingSamples.Everything with { Answers = answers })).Descendants("section")
            .Single(section => (string?)section.Attribute("id") == "results")
            .Descendants("figure").Single(figure => ((string)figure.Attribute("id")!).StartsWith("table-slices", StringComparison.Ordinal));

        var rows = table.Descendants("tr").Skip(1).Select(row => string.Join('|', row.Elements().Select(cell => cell.Value))).ToList();
        Assert.Contains("En capitales|20|50,0\u202F% 29,9 – 70,1\u202F%", rows);
        Assert.Contains(rows, row => row.StartsWith("Avec un nombre|30|100,0", StringComparison.Ordinal));
    }

    [Fact]
    public void The_verdict_tells_the_score_its_interval_and_the_baseline()
    {
        var verdict = Page.Parse(s_html).Tagged("p", "answer-line").Single().Value;

        Assert.Matches(@"Correspondance exacte\u202F: 53,1\u202F%", verdict);
        Assert.Matches(@"\d\d,\d – \d\d,\d\u202F%", verdict);
        Assert.Contains("classe la plus fréquente", verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Missed_expectations_are_said_at_the_top() =>
        Assert.Contains("premier caractère juste (scores, test) ≥", Page.Parse(s_html).Tagged("p", "problem").Single().Value,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(0, "✗ Attentes non tenues : 2 sur 2", "missed")]
    [InlineData(1, "✗ Attentes non tenues : 1 sur 2", "missed")]
    [InlineData(2, "✓ Les 2 attentes sont tenues", "met")]
    public void A_badge_tells_whether_expectations_are_met(int met, string text, string look)
    {
        var plan = SampleRun.Plan();
        var run = SampleRun.Record(plan);
        run = run with { Expectations = [.. run.Expectations.Select((result, i) => result with { Met = i < met })] };

        var badge = Page.Parse(Pipelines.Runner.Reporting.Reports.Text(plan, run, SampleRun.Files)).Descendants("p")
            .Single(element => ((string?)element.Attribute("class"))?.StartsWith("badge", StringComparison.Ordinal) == true);

        Assert.Equal(text, badge.Value.Replace('\u202F', ' ').Replace('\u00A0', ' '));
        Assert.Equal($"badge {look}", (string?)badge.Attribute("class"));
    }

    [Fact]
    public void Expectations_are_listed_with_value_and_bound()
    {
        var rows = Page.Parse(s_html).Tagged("table", "expectations").Single().Descendants("tr").Skip(1)
            .Select(row => row.Elements().Select(cell => cell.Value).ToList()).ToList();

        Assert.Equal(["scores.test.exact_match", "53,1\u202F%", "✓"], [rows[0][0], rows[0][1], rows[0][3]]);
        Assert.Matches("^≥ [0-9]+,[0-9]\u202F%$", rows[0][2]);
    }

    [Fact]
    public void The_timeline_shows_what_was_executed_and_belongs_to_the_part_about_the_run()
    {
        var plan = SampleRun.Plan();
        var run = SampleRun.Record(plan);
        var executed = run.Stages.Count(stage => stage.Span is not null);
        var idle = run with { Stages = [.. run.Stages.Select(stage => stage with { Span = null })] };

        Assert.Equal(executed, Page.Parse(s_html).Tagged("g", "bars").Elements("path").Count());
        var without = Pipelines.Runner.Reporting.Reports.Text(plan, idle, SampleRun.Files);
        Assert.DoesNotContain("figure-timeline", without, StringComparison.Ordinal);
        Assert.Equal(Page.WithoutRun(s_html), Page.WithoutRun(without));
    }

    [Fact]
    public void Parameters_that_differ_from_their_defaults_are_listed_with_both_values()
    {
        var stage = Page.Parse(s_html).Tagged("article", "stage").Single(article => (string?)article.Attribute("id") == "stage-model");
        var rows = stage.Elements("table").Descendants("tr").Skip(1).Select(row => row.Elements().Select(cell => cell.Value).ToList())
            .ToList();

        Assert.Contains(rows, row => row is ["dropout", "0.1", "0", ..]);
        Assert.DoesNotContain(rows, row => row[0] == "units");
    }

    [Fact]
    public void Answers_are_set_as_text()
    {
        var answers = Page.Parse(s_html).Descendants("section").Single(section => (string?)section.Attribute("id") == "answers");

        Assert.Equal(2, answers.Descendants("h3").Count() + answers.Descendants("h4").Count());
        Assert.Contains(answers.Descendants("strong"), element => element.Value == "apprendre le début");
        Assert.Equal([2, 1], answers.Descendants("ol").Select(list => list.Elements("li").Count()));
    }

    [GeneratedRegex("^h[1-6]$")]
    private static partial Regex HeadingName();
}
