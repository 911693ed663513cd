using Pipelines.Runner.Documents;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Contracts.Specs;
using Pipelines.Stages.Shell;

namespace Pipelines.Runner.Planning;

/// <summary>Finds metrics that no stage will give, before anything runs: manifests say which there are.</summary>
internal sealed class KnownMetrics(IEnumerable<PlannedStage> stages, ICollection<Diagnostic> diagnostics)
{
    private readonly Dictionary<string, PlannedStage> _stages = stages.ToDictionary(stage => stage.Id, StringComparer.Ordinal);

    /// <summary>Of the stages that choose by a metric, those whose candidates will not have it.</summary>
    public void CheckDeciding()
    {
        foreach (var stage in _stages.Values.DistinctBy(stage => stage.Base))
            if (stage.Manifest.ParameterWith(ParameterRole.DecidingMetric) is { } path && stage.Values.GetValueOrDefault(path) is { } metric
                && stage.FindPlace(PlannedStage.With + path) is { } place)
                Check(metric.Text, new YamlScalar(metric.Text, IsPlain: true, place.At), [.. SourcesOf(stage)]);
    }

    /// <summary>Of searches by halving, those whose metric no training gives.</summary>
    public void CheckContests()
    {
        foreach (var contest in _stages.Values.Select(stage => stage.Contest).OfType<Contest>().DistinctBy(contest => contest.Metric))
            Check(contest.Metric.Text, contest.Metric, [contest.Shorter]);
    }

    /// <param name="metric">As the stage names it.</param>
    /// <param name="written">Where it is asked for.</param>
    public void Check(string metric, YamlScalar written, PlannedStage stage) => Check(metric, written, [stage]);

    /// <summary>Whether a metric is a share, which is 0 to 1, as all say that may give it.</summary>
    public bool IsShare(string metric, PlannedStage stage) => GiversOf(stage).ToList() is { Count: > 0 } givers
        && givers.TrueForAll(giver => giver.Manifest.Report.MetricOf(metric)?.Format == ValueFormat.Percent);

    private void Check(string metric, YamlScalar written, IReadOnlyList<PlannedStage> asked)
    {
        List<PlannedStage> givers = [.. asked.SelectMany(GiversOf).DistinctBy(stage => stage.Base)];
        foreach (var giver in givers)
            // A command of the user's may measure anything.
            if (giver.Spec.Kind != RunCommand.Kind && giver.Manifest.Report is { Metrics.Count: > 0 } report
                && report.MetricOf(metric) is null)
            {
                diagnostics.Add(
                    Diagnostics.UnknownMetric(written, metric, giver.Base, giver.Spec.Kind, [.. report.Metrics.Keys]));
                return;
            }
        if (metric.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && metric[..dot] is var split && givers.Count > 0
            && !Splits.MostTelling.Contains(split) && Nearest.To(split, Splits.MostTelling) is { } meant)
            diagnostics.Add(Diagnostics.UnlikelySplit(written, split, meant));
    }

    /// <summary>The stages that measure what a stage gives: itself, or those whose metrics it hands on; none: nobody says it.</summary>
    private IEnumerable<PlannedStage> GiversOf(PlannedStage stage) =>
        stage.Manifest.Report.Metrics.Count > 0 ? [stage] : SourcesOf(stage).SelectMany(GiversOf);

    private IEnumerable<PlannedStage> SourcesOf(PlannedStage stage) =>
        from port in stage.Spec.Inputs
        where port.Artifact == ArtifactKind.Metrics
        from source in stage.Inputs.GetValueOrDefault(port.Name) ?? []
        where _stages.ContainsKey(source.StageId)
        select _stages[source.StageId];
}
