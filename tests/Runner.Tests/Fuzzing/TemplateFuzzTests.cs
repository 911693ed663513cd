using System.Text;
using Pipelines.Runner.Documents;
using Pipelines.Runner.Reporting;
using Pipelines.Runner.Reporting.Rendering;
using Pipelines.Runner.Reporting.Sections;
using Pipelines.TestKit;
using Pipelines.TestKit.Fuzzing;
using Pipelines.Tests.Runner.Reporting;
using Xunit.Abstractions;

namespace Pipelines.Tests.Runner.Fuzzing;

/// <summary>Whatever is in a template: a report, or a finding with its place.</summary>
public sealed class TemplateFuzzTests(ITestOutputHelper output)
{
    private const int Seed = 20261129;

    [Fact]
    public async Task A_damaged_template_gives_a_report_or_a_finding()
    {
        using TempWorkspace workspace = new();
        var templates = Path.Combine(SampleRun.Home, "reports-templates");
        var texts = Directory.EnumerateFiles(templates, "*.sbn-html", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        foreach (var path in texts.Concat(Directory.EnumerateFiles(templates, "*.css")))
            workspace.Write(Path.GetRelativePath(templates, path), File.ReadAllText(path));
        var contents = texts.ConvertAll(File.ReadAllText);
        var plan = SampleRun.Plan();
        var language = SampleRun.Files.Language("en");
        var model = ReportBuilder.Build(new(plan, SampleRun.Record(plan), null, language));
        var fuzzer = new Fuzzer(Seed, Fuzzer.Count(100));
        var rendered = 0;

        await fuzzer.RunAsync(random => TextMutation.Of(Pick(contents, random), Pick(contents, random), random), text =>
        {
            // A half of a pair, which no file holds, becomes a mark.
            File.WriteAllBytes(Path.Combine(workspace.Root, "fuzz.sbn-html"), Encoding.UTF8.GetBytes(text));
            var found = new TemplateCheck(new(workspace.Root), SampleRun.Files.PhrasesOf("en")).Of("fuzz.sbn-html");
            Assert.DoesNotContain(DiagnosticFormat.Render(found), character => char.IsControl(character) && character != '\n');
            try
            {
                Assert.NotNull(ReportRenderer.Render(new TemplateFolder(workspace.Root), "fuzz", model));
                rendered++;
            }
            catch (ReportException error)
            {
                Assert.NotEmpty(error.Message);
            }
            return Task.CompletedTask;
        }, text => text);

        Assert.InRange(rendered, 1, int.MaxValue);
        output.WriteLine($"templates: {fuzzer}, {rendered} rendered");
    }

    private static string Pick(List<string> texts, Random random) => texts[random.Next(texts.Count)];
}
