using System.Text.Json;
using Pipelines.Runner.Documents;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Reporting;
using Pipelines.Runner.Reporting.Findings;
using Pipelines.Runner.Reporting.Rendering;
using Pipelines.Runner.Reporting.Sections;
using Pipelines.Stages.Contracts;
using Pipelines.TestKit;

namespace Pipelines.Tests.Runner.Reporting;

/// <summary>The run in <c>reports-templates/sample-run</c>: a real plan of its pipeline file, and the cards and metrics that lie beside
/// it.</summary>
internal static class SampleRun
{
    public static string Home { get; } = Path.GetFullPath(Path.Combine(Golden.FolderOf(), "../../.."));

    public static string Folder { get; } = Path.Combine(Home, "reports-templates", "sample-run");

    public static ReportFiles Files => new(Folder, Home);

    /// <param name="change">Applied to the text of the pipeline file.</param>
    /// <param name="read">Files that it extends.</param>
    public static Plan Plan(Func<string, string>? change = null, Func<string, SourceFile?>? read = null)
    {
        var text = File.ReadAllText(Path.Combine(Folder, "pipeline.yaml"));
        var source = new SourceFile("pipelines/sample-run.yaml", change is null ? text : change(text));
        var catalog = new StageCatalog(() => [], path => File.Exists(Path.Combine(Home, path))
            ? new(path, File.ReadAllText(Path.Combine(Home, path)))
            : null);
        var plan = Pipelines.Runner.Planning.Plan.Read(source, read ?? (_ => null), new([], []), catalog);
        Assert.False(plan.HasErrors, DiagnosticFormat.Render(plan.Diagnostics));
        return plan.Value!;
    }

    public static RunRecord Record(Plan plan, string? folder = null) => new(
        "2026-03-01-brave-otter", plan.Pipeline, new(2026, 3, 1, 14, 5, 0, TimeSpan.Zero), TimeSpan.FromSeconds(192),
        new("Debian 13", ".NET 10.0.1", "runner 0.1.0", "libtorch 1.13.1", "cpu", 2, "4f1c2ab", false,
            "./runner exec pipelines/sample-run.yaml"),
        [.. plan.Stages
            .Select((stage, i) =>
                new StageRun(stage.Id, stage.Spec.Kind, Outcome(stage, i, folder ?? Folder), null) { Span = i % 3 == 1
                    ? null
                    : Span(stage, i) })],
        [.. plan.Expectations.Select((expectation, i) => new ExpectationResult(expectation, i == 0 ? 0.5306 : 0.8276, i == 0))]);

    /// <summary>The report as it would be of a run with these answers.</summary>
    public static string Text(Plan plan, FindingData data) => ReportRenderer.Render(
        Files.TemplatesOf(plan), plan.Report.Template,
        ReportBuilder.Build(new(plan, Record(plan), Files.Answers(plan), Files.Language(plan.Report.Language)) { FindingData = data }));

    public static string Text(Plan plan) => Reports.Text(plan, Record(plan), Files);

    private static StageOutcome Outcome(PlannedStage stage, int i, string folder)
    {
        var outputs = new ArtifactSet(Artifacts(Path.Combine(folder, stage.Id))
            .ToDictionary(port => port.Port, port => (IReadOnlyList<Artifact>)[port.Artifact]));
        var took = TookOf(stage, i);
        return i % 3 == 1
            ? new StageOutcome.Reused(HashOf(stage.Id), took, outputs)
            : new StageOutcome.Ran(HashOf(stage.Id), took, outputs);
    }

    private static TimeSpan TookOf(PlannedStage stage, int i) =>
        TimeSpan.FromSeconds(stage.Spec.Kind.StartsWith("train/", StringComparison.Ordinal) ? 171.4 : 0.12 * (i + 1));

    private static StageSpan Span(PlannedStage stage, int i) =>
        new(TimeSpan.FromSeconds(i < 9 ? 0.3 * i : 175 + i), TookOf(stage, i), i % 2);

    private static IEnumerable<(string Port, Artifact Artifact)> Artifacts(string folder)
    {
        if (File.Exists(Path.Combine(folder, Card.FileName)))
            yield return ("card", new Card(HashOf(folder), folder));
        var metrics = Path.Combine(folder, Metrics.FileName);
        if (File.Exists(metrics))
            yield return ("metrics",
                new Metrics(ContentHash.Of(File.ReadAllBytes(metrics)), folder,
                    JsonSerializer.Deserialize<Dictionary<string, double>>(File.ReadAllText(metrics))!));
    }

    private static ContentHash HashOf(string text) => ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(Path.GetFileName(text)));
}
