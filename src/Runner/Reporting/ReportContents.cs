using System.Text.Json;
using System.Text.RegularExpressions;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Reporting.Findings;
using Pipelines.Runner.Reporting.Model;
using Pipelines.Runner.Reporting.Rendering;
using Pipelines.Runner.Reporting.Sections;
using Pipelines.Runner.Reporting.Verification;
using Pipelines.Runner.Reporting.Wording;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Reporting;

/// <summary>A report as it is written: the page, the files in the folder of its name, and what is kept for pipelines that extend
/// this one.</summary>
/// <param name="Making">Goes on beside: the page takes the longest of all, and the others need nothing of it.</param>
internal sealed partial record ReportContents(
    Task<string> Making, IReadOnlyDictionary<string, Action<Stream>> Beside, KeptAnswers Answers)
{
    /// <exception cref="ReportException">Something is wrong with its template.</exception>
    public string Page => Making.GetAwaiter().GetResult();

    public const string Metrics = "metrics.json";

    public static ReportContents Of(ReportContext given, ReportFiles files)
    {
        var context = given with { Plan = files.Placed(given.Plan), Run = files.Placed(given.Run) };
        var model = ReportBuilder.Build(context);
        var results = context.Results;
        SortedDictionary<string, Action<Stream>> beside = new(StringComparer.Ordinal)
        {
            [Metrics] = file => JsonSerializer.Serialize(file, MetricsOf(results), Json.Indented),
            [FindingsFile.Name] = file => FindingsFile.Write(file, model, context.Verdict.Chosen?.Of[0].Stage.Id),
        };
        if (context.FindingData.Answers.Count > 0 && context.Verdict.Chosen is { Of: [var told, ..] })
            beside["predictions.csv"] = TableFiles.Predictions(told.Stage, told.Split);
        foreach (var (name, write) in TableFiles.Of(results, context.Sweeps, context.Findings))
            beside[$"tables/{name}"] = write;
        return new(Aside.Start(() => PageOf(model, context, files)), beside, KeptAnswers.Of(context.FindingData));
    }

    /// <summary>The files in the folder of the report, by name, as they would be read.</summary>
    public IReadOnlyDictionary<string, byte[]> Written() => Beside.ToDictionary(file => file.Key, file => Bytes(file.Value));

    private static byte[] Bytes(Action<Stream> write)
    {
        using MemoryStream bytes = new();
        write(bytes);
        return bytes.ToArray();
    }

    public static string PageOf(ReportModel model, ReportContext context, ReportFiles files)
    {
        var page = ReportRenderer.Render(files.TemplatesOf(context.Plan), context.Template, model);
        return context.Template.EndsWith(TemplateFolder.MarkdownExtension, StringComparison.Ordinal)
            ? BlankLines().Replace(page, "\n\n").Trim() + "\n"
            : ReportRecord.Sealed(PageText.Plain(page));
    }

    // What a template leaves out leaves its lines.
    [GeneratedRegex("\n{3,}")]
    private static partial Regex BlankLines();

    private static Dictionary<string, double> MetricsOf(IReadOnlyList<StageResult> results) =>
        results.SelectMany(result => result.Metrics.Select(metric => KeyValuePair.Create($"{result.Id}.{metric.Key}", metric.Value)))
            .OrderBy(metric => metric.Key, StringComparer.Ordinal).ToDictionary();
}
