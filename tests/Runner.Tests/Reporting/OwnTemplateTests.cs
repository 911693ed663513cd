using Pipelines.Runner.Documents;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Reporting;
using Pipelines.Runner.Reporting.Model;
using Pipelines.Runner.Reporting.Rendering;
using Scriban.Runtime;

namespace Pipelines.Tests.Runner.Reporting;

/// <summary>A folder of one's own goes before the runner's templates, file by file; words, numbers and places are the pipeline's.</summary>
public sealed class OwnTemplateTests : IDisposable
{
    private readonly DirectoryInfo _project = Directory.CreateTempSubdirectory("own-templates-");

    public void Dispose() => _project.Delete(recursive: true);

    private ReportFiles Files => new(_project.FullName, SampleRun.Home);

    [Fact]
    public void Files_of_the_own_folder_take_the_place_of_those_of_the_same_name_and_the_rest_is_the_runners()
    {
        Own("partials/header.sbn-html", "<header><h1>Mine: {{ report.title | html.escape }}</h1></header>");
        Own("theme.css", "h1 { color: red }");

        var page = Text(Plan(""));

        Assert.Contains("<h1>Mine: ", page, StringComparison.Ordinal);
        Assert.Contains("h1{color:red}", page, StringComparison.Ordinal);
        Assert.Contains("id=\"results\"", page, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(_project.FullName, "mine", "theme.css"), Files.Read(Plan("")));
    }

    [Fact]
    public void What_is_wrong_in_an_own_template_is_found_with_its_line_and_a_file_of_no_use_is_named()
    {
        Own("partials/header.sbn-html", "<header>\n<h1>{{ report.titel }}</h1></header>");
        Own("partials/heder.sbn-html", "");

        var found = DiagnosticFormat.Render(ReportFileCheck.OfContents(Plan(""), _project.FullName, SampleRun.Home, sources: null));

        Assert.Contains("mine/partials/header.sbn-html:2:15: error: a report has no 'titel'", found, StringComparison.Ordinal);
        Assert.Contains("warning: './mine/partials/heder.sbn-html' takes the place of no template", found, StringComparison.Ordinal);
        Assert.Contains("did you mean 'partials/header.sbn-html'?", found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sections/answers.sbn-html", "<p>\n{{ $1.titel }}</p>",
        "answers.sbn-html:2:7: error: no part of a report has 'titel'", "'title'")]
    [InlineData("sections/answers.sbn-html", "{{ for q in $1.questions }}{{ q.id }", "answers.sbn-html:1:", "cannot be read from here on")]
    [InlineData("partials/header.sbn-html", "{{ report.title | html.escap }}", "1:24: error: 'html' has no 'escap'", "'escape'")]
    [InlineData("partials/header.sbn-html", "{{ include 'partials/heder' }}",
        "1:12: error: there is no template 'partials/heder.sbn-html'", "'partials/header.sbn-html'")]
    [InlineData("sections/answers.sbn-html", "{{ mine = { a: 1 } }}{{ mine.a }}", "", "")]
    public void What_would_only_be_met_while_the_report_is_made_is_found_before(string name, string text, string error, string help)
    {
        Own(name, text);

        var found = DiagnosticFormat.Render(ReportFileCheck.OfContents(Plan(""), _project.FullName, SampleRun.Home, sources: null));

        if (error.Length == 0)
            Assert.Empty(found);
        Assert.Contains(error, found, StringComparison.Ordinal);
        Assert.Contains(help, found, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_part_of_a_report_has_its_names_among_those_that_templates_know()
    {
        List<Type> types = [typeof(ReportModel), .. typeof(ReportModel).Assembly.GetTypes().Where(type => type.BaseType is { } parent
            && (parent == typeof(ItemView) || parent == typeof(SectionView)))];

        Assert.True(types.Count > 10);
        Assert.All(types, type => Assert.Empty(
            type.GetProperties().Select(StandardMemberRenamer.Rename).Except(TemplateNames.Parts)));
    }

    [Fact]
    public void A_file_that_takes_the_place_of_none_is_warned_of_and_never_read()
    {
        Own("sections/mine.sbn-html", "{{ if }");
        File.CreateSymbolicLink(Path.Combine(_project.FullName, "mine", "link.sbn-html"), "/etc/passwd");

        var found = ReportFileCheck.OfContents(Plan(""), _project.FullName, SampleRun.Home, sources: null);

        Assert.Equal(["unused-template", "unused-template"], found.Select(finding => finding.Code));
    }

    [Fact]
    public void A_template_that_is_not_in_UTF_8_is_an_error()
    {
        Own("partials/header.sbn-html", "");
        File.WriteAllBytes(Path.Combine(_project.FullName, "mine", "partials", "header.sbn-html"), [.. "<p>"u8, 0xE9, .. "</p>"u8]);

        Assert.Contains("header.sbn-html:1:4: error: The file is not in UTF-8", DiagnosticFormat.Render(
            ReportFileCheck.OfContents(Plan(""), _project.FullName, SampleRun.Home, sources: null)), StringComparison.Ordinal);
    }

    [Fact]
    public void No_template_of_the_runner_has_such_a_mistake()
    {
        foreach (var path in Directory.EnumerateFiles(SampleRun.Files.Templates, "*.sbn-*", SearchOption.AllDirectories))
            if (Path.GetRelativePath(SampleRun.Files.Templates, path) is var name && name is not "comparison.sbn-html"
                && !name.StartsWith("pages", StringComparison.Ordinal))
                Assert.Empty(new TemplateCheck(new(SampleRun.Files.Templates), SampleRun.Files.PhrasesOf("fr")).Of(name));
    }

    [Fact]
    public void A_folder_that_is_not_there_or_leads_out_of_the_project_is_an_error_before_anything_runs()
    {
        Assert.Contains("there is no folder './mine'", Findings(Plan("")), StringComparison.Ordinal);

        File.CreateSymbolicLink(Path.Combine(_project.FullName, "mine"), Path.GetTempPath());

        Assert.Contains("'./mine' lies outside the project", Findings(Plan("")), StringComparison.Ordinal);
        Assert.Throws<ReportException>(() => Files.TemplatesOf(Plan("")));
    }

    [Fact]
    public void Words_of_the_pipeline_go_before_those_of_the_language_and_of_kinds()
    {
        Own("graph.css", "");
        var page = Text(Plan("  words: { section_results: 'Ce que cela donne', exact_match: { fr: codes justes, en: right codes } }\n"));

        Assert.Contains("<h2>Ce que cela donne</h2>", page, StringComparison.Ordinal);
        Assert.Contains("<span class=\"key-label\">Codes justes</span>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_that_nothing_uses_and_a_value_that_is_not_put_in_are_found()
    {
        Own("graph.css", "");

        var found = DiagnosticFormat.Render(ReportFileCheck.OfContents(
            Plan("  words: { section_result: x, sweep_title: 'Les {cells} cellules' }\n"), _project.FullName, SampleRun.Home,
            sources: null));

        Assert.Contains("the report has no word or phrase 'section_result'", found, StringComparison.Ordinal);
        Assert.Contains("did you mean 'section_results'?", found, StringComparison.Ordinal);
        Assert.Contains("nothing is put in the place of '{cells}'", found, StringComparison.Ordinal);
    }

    [Fact]
    public void The_numbers_that_are_shown_large_are_those_that_the_pipeline_names()
    {
        Own("graph.css", "");
        var page = Text(Plan("  metrics: [model.best_epoch, scores.validation.exact_match]\n"));

        Assert.Equal(2, page.Split("<span class=\"key-value\">").Length - 1);
        Assert.Contains("<span class=\"key-value\">15</span>", page, StringComparison.Ordinal);
        Assert.Contains("Validation · scores", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stage_may_have_its_own_heading_and_chapter()
    {
        Own("graph.css", "");
        var plan = SampleRun.Plan(yaml => WithTemplate(yaml, "").Replace(
            "lengths: { uses", "lengths: { title: Mes longueurs, section: embeddings, uses", StringComparison.Ordinal));

        var page = Text(plan);

        var chapter = page[page.IndexOf("<section id=\"embeddings\"", StringComparison.Ordinal)..];
        Assert.Contains("<h3>Mes longueurs <code class=\"stage-id\">lengths</code></h3>", chapter, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("summary.sbn-html", "</html>")]
    [InlineData("pull-request.sbn-md", "| ")]
    public void The_short_forms_say_the_answer_and_nothing_of_the_chapters(string template, string part)
    {
        var plan = SampleRun.Plan();
        var page = Reports.Text(plan, SampleRun.Record(plan), SampleRun.Files, template);

        Assert.Contains(part, page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"results\"", page, StringComparison.Ordinal);
        Assert.Empty(new TemplateCheck(new(SampleRun.Files.Templates), SampleRun.Files.PhrasesOf("fr")).Of(template));
    }

    [Fact]
    public void Texts_in_Markdown_are_shown_as_they_are()
    {
        Assert.Equal(@"\- a \| b \*c\* \<script\> \[x\](y) \`d\` e\_f 1", MarkdownEscape.Escape("- a | b *c* <script> [x](y) `d` e_f 1"));
        Assert.Equal(@"1\. a", MarkdownEscape.Escape("1. a"));
        Assert.Equal("a b", MarkdownEscape.Escape("a\nb"));
        Assert.DoesNotContain("@me", MarkdownEscape.Escape("@me"), StringComparison.Ordinal);
    }

    private void Own(string name, string content)
    {
        var path = Path.Combine(_project.FullName, "mine", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    private string Findings(Plan plan) => DiagnosticFormat.Render(ReportFileCheck.Of(plan, _project.FullName, SampleRun.Home));

    private string Text(Plan plan) => Reports.Text(plan, SampleRun.Record(plan), Files);

    private static Plan Plan(string report) => SampleRun.Plan(yaml => WithTemplate(yaml, report));

    private static string WithTemplate(string yaml, string report) => yaml
        .Replace("  answers: answers.md", report, StringComparison.Ordinal)
        .Replace("template: experiment", "template: ./mine", StringComparison.Ordinal);
}
