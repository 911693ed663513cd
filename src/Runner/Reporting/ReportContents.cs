using System.Text;
using System.Text.Json;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Reporting.Model;
using Pipelines.Runner.Reporting.Rendering;
using Pipelines.Runner.Reporting.Sections;
using Pipelines.Runner.Reporting.Verification;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Reporting;

/// <summary>A report as it is written: the page, and the files in the folder of its name.</summary>
internal sealed record ReportContents(string Page, IReadOnlyDictionary<string, byte[]> Beside)
{
    public const string Metrics = "metrics.json";

    public static ReportContents Of(ReportContext context, ReportFiles files)
    {
        var model = ReportBuilder.Build(context);
        var results = context.Results;
        SortedDictionary<string, byte[]> beside = new(StringComparer.Ordinal)
        {
            [Metrics] = JsonSerializer.SerializeToUtf8Bytes(MetricsOf(results), Json.Indented),
            [FindingsFile.Name] = FindingsFile.Write(model),
        };
        if (context.FindingData.Answers.Count > 0)
            beside["predictions.csv"] = Encoding.UTF8.GetBytes(TableFiles.Predictions(context.FindingData));
        foreach (var (name, content) in TableFiles.Of(results, context.Sweeps, context.Findings))
            beside[$"tables/{name}"] = Encoding.UTF8.GetBytes(content);
        return new(PageOf(model, context.Plan, files), beside);
    }

    public static string PageOf(ReportModel model, Plan plan, ReportFiles files) =>
        ReportRecord.Sealed(ReportRenderer.Render(files.Templates, plan.Report.Template, model));

    private static Dictionary<string, double> MetricsOf(IReadOnlyList<StageResult> results) =>
        results.SelectMany(result => result.Metrics.Select(metric => KeyValuePair.Create($"{result.Id}.{metric.Key}", metric.Value)))
            .OrderBy(metric => metric.Key, StringComparer.Ordinal).ToDictionary();
}
