using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Reporting;
using Pipelines.Runner.Reporting.Model;
using Pipelines.Runner.Reporting.Wording;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Serving;

/// <summary>What a stage came to, in few words and in the language of the page.</summary>
internal sealed class RunHeadline(Site site, Language language)
{
    /// <summary>The first score of the evaluation that the report of such runs is about, else of the last one; null where nothing was
    /// evaluated.</summary>
    public FactView? Of(RunRecord run)
    {
        var told = ToldOf(run);
        return run.Stages.Where(stage => stage.Id == told).Concat(run.Stages.Reverse()).Select(Of).FirstOrDefault(fact => fact is not null);
    }

    /// <summary>The evaluation that the report of such runs is about; null where that is not known.</summary>
    public string? ToldOf(RunRecord run) => FindingsFile.Told(FindingsFile.Of(Path.Combine(site.ReportsFolder, run.Name)));

    /// <summary>The first score of an evaluation; null of any other stage.</summary>
    public FactView? Of(StageRun stage)
    {
        if (site.ReportOf(stage.Kind) is not { IsEvaluation: true } report)
            return null;
        var metrics = MetricsOf(stage);
        return report.HeadlinesIn(metrics).FirstOrDefault() is { } name ? FactOf(report, name, metrics[name]) : null;
    }

    /// <summary>All metrics of a stage, those that a reader asks for first before the others.</summary>
    public IReadOnlyList<FactView> All(StageRun stage)
    {
        var (report, metrics) = (site.ReportOf(stage.Kind) ?? ReportManifest.Empty, MetricsOf(stage));
        var first = report.HeadlinesIn(metrics).ToList();
        return [.. first.Concat(metrics.Keys.Except(first)).Select(name => FactOf(report, name, metrics[name]))];
    }

    /// <summary>A line beside a stage: its score, its rows, or what became of it.</summary>
    public string Note(StageRun stage)
    {
        if (stage.Outcome is StageOutcome.Failed failed)
            return site.Paths.In(failed.Message);
        if (stage.Outcome is StageOutcome.Skipped { BecauseOf: { } cause })
            return language.Phrase("page_because_of", ("stage", cause));
        if (stage.Outcome is StageOutcome.Stale stale)
            return language.Phrase("page_stale_because", ("stage", stale.BecauseOf));
        if (Of(stage) is { } score)
            return $"{score.Name} {score.Value}";
        return ArtifactsOf(stage).OfType<Table>().FirstOrDefault() is { } table ? Rows(table.Rows) : "";
    }

    public string Rows(long rows) =>
        language.Phrase(rows == 1 ? "page_row" : "page_row_count", ("count", language.Numbers.Of(rows)));

    public string TitleOf(string kind) =>
        site.ReportOf(kind) is { } report && language.Text(report.Title) is { Length: > 0 } title ? title : kind;

    private FactView FactOf(ReportManifest report, string name, double value) => new(
        Language.Capitalized(language.With(report, []).Word(name)),
        language.Numbers.Of(value, report.MetricOf(name)?.Format ?? default), IsCode: false);

    private static Dictionary<string, double> MetricsOf(StageRun stage) => ArtifactsOf(stage).OfType<Metrics>()
        .SelectMany(metrics => metrics.Values).DistinctBy(metric => metric.Key).ToDictionary(StringComparer.Ordinal);

    private static IEnumerable<Artifact> ArtifactsOf(StageRun stage) => (stage.Outcome.Shown?.ByPort.Values ?? []).SelectMany(port => port);
}
