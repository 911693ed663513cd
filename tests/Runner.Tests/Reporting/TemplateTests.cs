using System.Text.RegularExpressions;
using Pipelines.Runner.Documents;
using Pipelines.Runner.Reporting;
using Pipelines.Runner.Reporting.Model;
using Pipelines.Runner.Reporting.Rendering;
using Pipelines.Runner.Reporting.Sections;

namespace Pipelines.Tests.Runner.Reporting;

public sealed partial class TemplateTests : IDisposable
{
    private static readonly ReportModel s_model =
        ReportBuilder.Build(new(SampleRun.Plan(), SampleRun.Record(SampleRun.Plan()), "text", SampleRun.Files.Language("fr")));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("templates-");

    public static TheoryData<string> Templates() =>
        new(Directory.EnumerateFiles(Path.Combine(SampleRun.Home, "reports-templates"), "*.sbn-html", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(SampleRun.Home, path)).Order());

    [Theory]
    [MemberData(nameof(Templates))]
    public void Every_output_is_escaped_or_markup_by_name(string path)
    {
        var outputs = Code().Matches(File.ReadAllText(Path.Combine(SampleRun.Home, path))).Select(code => code.Groups[1].Value.Trim())
            .Where(code => !Statement().IsMatch(code));

        Assert.All(outputs, code => Assert.Matches(@"(\| html\.escape|[._]svg|_html)$|^array\.size \S+$|^include ", code));
    }

    [Theory]
    [InlineData("line one\n{{ report.titel }}", "broken.sbn-html(2,")]
    [InlineData("{{ unknown_name }}", "broken.sbn-html(1,4)")]
    [InlineData("a\n\n{{ if report }}", "broken.sbn-html(3,")]
    public void Mistakes_are_reported_with_file_line_and_column(string template, string place)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "broken.sbn-html"), template);

        var error = Assert.Throws<ReportException>(() => ReportRenderer.Render(new TemplateFolder(_folder.FullName), "broken", s_model));

        Assert.Contains(place, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("line one\n{{ report.titel }}", "broken.sbn-html:2:11: error: a report has no 'titel'", "did you mean 'title'?")]
    [InlineData("{{ if true }}{{ text.authorss }}{{ end }}", "broken.sbn-html:1:22: error: the language file has no 'authorss'", "authors")]
    [InlineData("a\n\n{{ if report }}", "broken.sbn-html:3:", "^")]
    [InlineData("{{ include 'part' }}", "part.sbn-html:1:11: error: a report has no 'nothing'", "{{ report.nothing }}")]
    public void Mistakes_are_found_without_making_a_report(string template, string place, string shown)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "broken.sbn-html"), template);
        File.WriteAllText(Path.Combine(_folder.FullName, "part.sbn-html"), "{{ report.nothing }}");

        var found = DiagnosticFormat.Render(new TemplateCheck(new(_folder.FullName), ["authors", "title"]).Of("broken.sbn-html"));

        Assert.Contains(place, found, StringComparison.Ordinal);
        Assert.Contains(shown, found, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_found_in_the_templates_that_are_here()
    {
        Assert.Empty(new TemplateCheck(new(SampleRun.Files.Templates), SampleRun.Files.PhrasesOf("fr")).Of("experiment.sbn-html"));
        Assert.Empty(SampleRun.Files.CheckLanguage("fr"));
        Assert.Empty(SampleRun.Files.CheckLanguage("en"));
    }

    [Fact]
    public void A_missing_template_is_named() =>
        Assert.Contains("nowhere",
            Assert.Throws<ReportException>(() => ReportRenderer.Render(new TemplateFolder(_folder.FullName), "nowhere", s_model)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Long_reports_are_not_cut()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "long.sbn-html"), "{{ for i in 1..60000 }}01234567890123456789{{ end }}");

        Assert.Equal(1_200_000, ReportRenderer.Render(new TemplateFolder(_folder.FullName), "long", s_model).Length);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [GeneratedRegex(@"\{\{[-~]?(.*?)[-~]?\}\}", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex("^(if|else|end|for|case|when)\\b")]
    private static partial Regex Statement();
}
