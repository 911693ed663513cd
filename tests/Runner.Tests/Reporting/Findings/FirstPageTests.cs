using System.Xml.Linq;
using Pipelines.Runner.Planning;

namespace Pipelines.Tests.Runner.Reporting.Findings;

/// <summary>What a reader sees first: question, answer, findings, limits.</summary>
public sealed class FirstPageTests
{
    [Fact]
    public void Each_finding_has_a_title_a_figure_a_sentence_and_a_place_that_shows_more()
    {
        var page = Page.Parse(SampleRun.Text(SampleRun.Plan(), FindingSamples.Everything));
        var findings = page.Tagged("div", "finding").ToList();
        var ids = page.Descendants().Attributes("id").Select(id => id.Value).ToHashSet();

        Assert.Equal(4, findings.Count);
        Assert.All(findings, finding =>
        {
            Assert.Single(finding.Elements("h4"));
            Assert.Contains(finding.Descendants(), element => element.Name.LocalName is "svg" or "table");
            Assert.All(finding.Descendants("a"), link => Assert.Contains(((string)link.Attribute("href")!)[1..], ids));
        });
        Assert.Equal("-p epochs=6", page.Tagged("p", "try").Single().Element("code")!.Value);
        Assert.StartsWith("Limites.", page.Tagged("p", "limits").Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_question_is_the_heading_and_the_hypothesis_stands_beside_the_answer()
    {
        var page = Page.Parse(SampleRun.Text(SampleRun.Plan(Asking)));

        Assert.Equal("Les codes s’écrivent-\u2060ils\u202F?", page.Tagged("h1").Single().Value);
        Assert.StartsWith("CIM-\u206010", page.Tagged("p", "subject").Single().Value, StringComparison.Ordinal);
        Assert.EndsWith("Démentie. Mesuré : correspondance exacte (scores, test) = 53,1 % (attendu : ≥ 60,0 %).",
            page.Tagged("p", "hypothesis").Single().Value.Replace('\u202F', ' ').Replace('\u00A0', ' '), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("at_least: 0.5", "Confirmée. Mesuré : correspondance exacte (scores, test) = 53,1 % (attendu : ≥ 50,0 %).")]
    [InlineData("at_least: 0.9", "(attendu : ≥ 90,0 %).")]
    [InlineData("minus: scores.test.prefix_1, at_least: 0",
        "correspondance exacte (scores, test) − premier caractère juste (scores, test) = −29,7 pt (attendu : ≥ 0,0 pt).")]
    [InlineData("minus: scores.test.exact_match, at_least: 0, at_most: 0", "= 0,0 pt (attendu : ≥ 0,0 pt, ≤ 0,0 pt).")]
    public void A_hypothesis_holds_when_its_bound_does(string bound, string outcome)
    {
        var plan = SampleRun.Plan(yaml => Asking(yaml).Replace("at_least: 0.6", bound, StringComparison.Ordinal));

        var said = Page.Parse(SampleRun.Text(plan)).Tagged("p", "hypothesis").Single().Value;

        Assert.EndsWith(outcome, said.Replace('\u202F', ' ').Replace('\u00A0', ' '), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.5, 0.6,
        "Confirmée. Mesuré : correspondance exacte (scores, test) = 53,1 % (attendu : ≥ 50,0 %) ; " +
        "correspondance exacte (scores, test) = 53,1 % (attendu : ≤ 60,0 %).")]
    [InlineData(0.9, 0.6,
        "Confirmée en partie : un critère sur 2. Mesuré : correspondance exacte (scores, test) = 53,1 % (attendu : ≥ 90,0 %).")]
    [InlineData(0.9, 0.2,
        "correspondance exacte (scores, test) = 53,1 % (attendu : ≥ 90,0 %) ; " +
        "correspondance exacte (scores, test) = 53,1 % (attendu : ≤ 20,0 %).")]
    public void A_hypothesis_of_two_parts_holds_as_far_as_they_do(double least, double most, string outcome)
    {
        var plan = SampleRun.Plan(yaml => Asking(yaml).Replace(
            "{ metric: scores.test.exact_match, at_least: 0.6 }",
            FormattableString.Invariant($"[{{ metric: scores.test.exact_match, at_least: {least} }}, ")
                + FormattableString.Invariant($"{{ metric: scores.test.exact_match, at_most: {most} }}]"),
            StringComparison.Ordinal));

        var said = Page.Parse(SampleRun.Text(plan)).Tagged("p", "hypothesis").Single().Value;

        Assert.EndsWith(outcome, said.Replace('\u202F', ' ').Replace('\u00A0', ' '), StringComparison.Ordinal);
    }

    /// <summary>The pipeline of the sample is better than the one that it extends.</summary>
    [Theory]
    [InlineData(ExpectedDifference.None, "effect", "Rien ne la dément : aucune différence mesurable.")]
    [InlineData(ExpectedDifference.None, "parent", "Démentie.")]
    [InlineData(ExpectedDifference.None, "confused", "« Oui. »")]
    [InlineData(ExpectedDifference.Better, "parent", "Confirmée.")]
    [InlineData(ExpectedDifference.Worse, "parent", "Démentie.")]
    [InlineData(ExpectedDifference.Better, "effect", "« Oui. »")]
    public void A_hypothesis_of_a_difference_is_held_against_what_was_measured(ExpectedDifference expected, string sample, string end)
    {
        var plan = SampleRun.Plan(Asking);
        plan = plan with { Hypothesis = plan.Hypothesis! with { Difference = expected } };

        var said = Page.Parse(SampleRun.Text(plan, FindingSamples.ByRule[sample].Found)).Tagged("p", "hypothesis").Single().Value;

        Assert.EndsWith(end, said.Replace('\u202F', ' ').Replace('\u00A0', ' '), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_measurable_difference_no_hypothesis_of_one_is_confirmed()
    {
        var plan = SampleRun.Plan(Asking);
        plan = plan with { Hypothesis = plan.Hypothesis! with { Difference = ExpectedDifference.Better } };
        var alike = FindingSamples.ByRule["parent"].Found;
        alike = alike with { Parent = alike.Parent! with { IsRight = [.. alike.Answers.Select(answer => answer.IsRight)] } };

        Assert.EndsWith("Non confirmée : aucune différence mesurable.",
            Page.Parse(SampleRun.Text(plan, alike)).Tagged("p", "hypothesis").Single().Value.Replace('\u202F', ' ').Replace('\u00A0', ' '),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_question_of_an_extended_file_is_not_this_files_question()
    {
        var below = Asking(File.ReadAllText(Path.Combine(SampleRun.Folder, "pipeline.yaml")));
        var plan = SampleRun.Plan(
            _ => "extends: below.yaml\npipeline: above\n",
            path => path.EndsWith("below.yaml", StringComparison.Ordinal) ? new(path, below) : null);

        Assert.Null(plan.Question);
        Assert.Null(plan.Hypothesis);
        Assert.NotEmpty(plan.Stages);
    }

    private static string Asking(string yaml) => yaml.Replace(
        "seed: 7",
        """
        seed: 7
        question: { fr: "Les codes s'écrivent-ils ?", en: "Can codes be written?" }
        hypothesis: { text: "Oui.", holds: { metric: scores.test.exact_match, at_least: 0.6 } }
        """,
        StringComparison.Ordinal);
}
