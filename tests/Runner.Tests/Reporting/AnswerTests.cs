using Pipelines.Runner.Documents;
using Pipelines.Runner.Reporting;
using Pipelines.Runner.Reporting.Answers;

namespace Pipelines.Tests.Runner.Reporting;

/// <summary>The authors' text stands where it belongs.</summary>
public sealed class AnswerTests : IDisposable
{
    private readonly DirectoryInfo _project = Directory.CreateTempSubdirectory("answers-");

    [Fact]
    public void Headings_of_one_key_begin_a_part_and_code_does_not()
    {
        var parts = AnswerParts.Of("Free.\n\n## `results`\nOf results.\n```\n## `data`\n```\n# Usual\nMore.\n## `q` ##\nAn answer.\n");

        Assert.Equal(["results", "q"], parts.Keys.Select(key => key.Text));
        Assert.Equal((3, 5), (parts.Keys[0].Line, parts.Keys[0].Column));
        Assert.Equal("Free.\n", parts.Free);
        Assert.Equal("Of results.\n```\n## `data`\n```\n# Usual\nMore.", parts.Find("results"));
        Assert.Equal("An answer.", parts.Find("q"));
        Assert.Null(parts.Find("data"));
    }

    [Fact]
    public void Text_stands_in_its_chapter_below_its_figure_and_behind_its_question()
    {
        var page = Page.Parse(TextOf(
            "## `results`\nVoir {table:scores.sequence_scores}.\n## `scores.prefix_accuracy`\nDe *moins* en moins.\n" +
            "## `why`\nCar {metric:scores.test.exact_match}."));

        var results = page.Descendants("section").Single(section => (string?)section.Attribute("id") == "results");
        var link = results.Elements("div").First().Descendants("a").Single();
        Assert.StartsWith("tableau ", link.Value, StringComparison.Ordinal);
        Assert.Contains(page.Descendants(), element => "#" + (string?)element.Attribute("id") == (string?)link.Attribute("href"));
        Assert.Contains(page.Tagged("figure"), figure => (string?)figure.Attribute("id") == "figure-scores-prefix-accuracy"
            && figure.Elements("div").Any(div => div.Value.Contains("De moins en moins.", StringComparison.Ordinal)));
        var question = page.Tagged("article", "question").First();
        Assert.Equal("Pourquoi\u202F?", question.Element("h3")!.Value);
        Assert.Contains("Car 53,1\u202F%.", question.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_question_without_an_answer_is_marked_and_counted()
    {
        var page = Page.Parse(TextOf("## `why`\nCar."));

        Assert.Single(page.Tagged("span", "unanswered"));
        Assert.Contains("Une question sur 2 n’a pas encore de réponse.", page.Root!.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{metric:scores.test.exact_macht}", "did you mean 'scores.test.exact_match'?")]
    [InlineData("{fig:scores.prefix_acuracy}", "did you mean 'scores.prefix_accuracy'?")]
    [InlineData("{table:scores.prefix_accuracy}",
        "answers.md:2:1: 'scores.prefix_accuracy' is a figure: write {fig:scores.prefix_accuracy}")]
    public void A_name_that_is_not_there_is_an_error_with_the_nearest(string reference, string message)
    {
        var error = Assert.Throws<ReportException>(() => TextOf($"## `why`\n{reference}"));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_is_no_place_is_found_before_anything_runs()
    {
        var text = FindingsOf("Free.\n\n## `resluts`\nText.\n## `nothing.here`\nText.");

        Assert.Contains("answers.md:3:5", text, StringComparison.Ordinal);
        Assert.Contains("did you mean 'results'?", text, StringComparison.Ordinal);
        Assert.Contains("the report has no place 'nothing.here'", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{metric:scores.test.exact_mach}", "answers.md:2:14: error: 'scores' ")]
    [InlineData("{metric:skores.test.exact_match}", "answers.md:2:14: error: there is no stage of 'skores.test.exact_match'")]
    [InlineData("{metrik:scores.test.exact_match}", "answers.md:2:6: error: '{metrik:scores.test.exact_match}' is no reference")]
    [InlineData("{table: }", "answers.md:2:6: error: '{table: }' is no reference")]
    [InlineData("{metric=scores.test.exact_match}", "answers.md:2:6: error: '{metric=scores.test.exact_match}' is no reference")]
    [InlineData("{fig :scores.prefix_accuracy}", "answers.md:2:6: error: '{fig :scores.prefix_accuracy}' is no reference")]
    [InlineData("{fig:nothing.there}", "answers.md:2:11: error: there is no stage of 'nothing.there'")]
    public void A_number_or_figure_that_there_will_not_be_is_found_before_anything_runs(string reference, string message) =>
        Assert.Contains(message, FindingsOf($"## `why`\nText {reference}"), StringComparison.Ordinal);

    [Fact]
    public void An_answer_that_would_land_elsewhere_is_found_before_anything_runs()
    {
        var text = FindingsOf("## `why`\nCar.\n\n## how\nAinsi.\n\n## `why`\nEncore.\n\n### Une parenthèse\nTexte.");

        Assert.Contains("answers.md:7:5: error: 'why' stands here a second time", text, StringComparison.Ordinal);
        Assert.Contains("answers.md:4:4: warning: 'how' is the key of a question, but this is a heading", text, StringComparison.Ordinal);
        Assert.Contains("write ## `how`", text, StringComparison.Ordinal);
        Assert.DoesNotContain("parenthèse", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_extends_another_asks_its_own_questions_alone()
    {
        SourceFile parent = new("base.yaml", """
            pipeline: base
            stages: { rows: { uses: load/csv, with: { file: a.csv, text: t, label: l } } }
            report: { questions: { first: "Pourquoi ?" } }
            """);

        var plan = SampleRun.Plan(
            _ => "pipeline: child\nextends: base.yaml\nreport: { questions: { second: \"Comment ?\" } }\n",
            path => path.EndsWith("base.yaml", StringComparison.Ordinal) ? parent : null);

        Assert.Equal(["second"], plan.Report.Questions.Select(question => question.Id));
    }

    [Fact]
    public void A_reference_to_nothing_is_one_finding() =>
        Assert.Equal(2, FindingsOf("## `why`\n{table: } {metric:}").Split("error: ").Length - 1);

    [Fact]
    public void Answers_that_are_not_UTF_8_are_an_error_and_right_ones_none()
    {
        Assert.Equal("", FindingsOf("## `why`\nCar {metric:scores.test.exact_match} : {table:scores.sequence_scores}, {file: x}."));
        var plan = PlanOf("");
        File.WriteAllBytes(Path.Combine(_project.FullName, "answers.md"), [0x0A, 0x74, 0xE9]);
        Assert.Contains("answers.md:2:2: error: The file is not in UTF-8", DiagnosticFormat.Render(
            ReportFileCheck.OfContents(plan, _project.FullName, SampleRun.Home, sources: null)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_authors_write_is_text_and_no_markup() =>
        Assert.Contains("&lt;script&gt;", TextOf("## `why`\n<script>alert(1)</script> [x](javascript:alert(1))"), StringComparison.Ordinal);

    public void Dispose() => _project.Delete(recursive: true);

    private string TextOf(string answers)
    {
        var plan = PlanOf(answers);
        ReportFiles files = new(_project.FullName, SampleRun.Home);
        return Reports.Text(plan, SampleRun.Record(plan), files);
    }

    private string FindingsOf(string answers) =>
        DiagnosticFormat.Render(ReportFileCheck.OfContents(PlanOf(answers), _project.FullName, SampleRun.Home, sources: null));

    private Pipelines.Runner.Planning.Plan PlanOf(string answers)
    {
        File.WriteAllText(Path.Combine(_project.FullName, "answers.md"), answers);
        return SampleRun.Plan(yaml => yaml.TrimEnd() + "\n  questions: { why: \"Pourquoi ?\", how: \"Comment ?\" }\n");
    }
}
