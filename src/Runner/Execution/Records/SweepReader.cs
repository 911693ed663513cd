using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Execution;

/// <summary>Finds the sweeps of a run: the cells, what tells most about them, and which was chosen.</summary>
internal sealed class SweepReader(Plan plan, RunRecord run)
{
    private const int MaxScores = 3;
    private const int MaxMetrics = 5;

    private readonly Dictionary<string, StageRun> _runs = run.Stages.ToDictionary(stage => stage.Id, StringComparer.Ordinal);

    public List<Sweep> Read()
    {
        var byAxes = plan.Stages.Where(stage => stage.Cell.Count > 0).GroupBy(AxesOf, StringComparer.Ordinal).ToList();
        // Cells that go into others, such as those of a tokenizer tried with several networks, are told with these.
        return [.. byAxes.Where(stages => !byAxes.Exists(others => IsPart(stages.First(), others.First())))
            .Select(stages => Read([.. stages])).OfType<Sweep>()];
    }

    private Sweep? Read(IReadOnlyList<PlannedStage> stages)
    {
        var cells = stages.GroupBy(KeyOf, StringComparer.Ordinal).Select(cell => cell.ToList()).ToList();
        var metrics = MetricsOf(stages, out var choosing);
        if (cells.Count < 2 || metrics.Count == 0)
            return null;
        var chosen = choosing is null ? null : ChosenBy(choosing, stages);
        List<string> axes = [.. stages[0].Cell.Select(value => value.Key)];
        var differing = axes.FindAll(axis => stages.DistinctBy(stage => ValueOf(stage, axis), StringComparer.Ordinal).Count() > 1);
        return new(differing, metrics, [.. cells.Select(cell => new SweepCell(
            [.. differing.Select(axis => ValueOf(cell[0], axis))],
            [.. metrics.Select(metric => cell.Find(stage => stage.Base == metric.Stage) is { } stage
                && Measured(stage).TryGetValue(metric.Name, out var value) ? value : (double?)null)],
            chosen is not null && KeyOf(cell[0]) == chosen))]);
    }

    /// <summary>That by which a stage chose, then the scores of evaluations, then what trainings say themselves.</summary>
    private List<SweepMetric> MetricsOf(IReadOnlyList<PlannedStage> stages, out PlannedStage? choosing)
    {
        var ids = stages.ToDictionary(stage => stage.Id, stage => stage.Base, StringComparer.Ordinal);
        choosing = plan.Stages.FirstOrDefault(
            stage => stage.Inputs.Values.Any(sources => sources.Count > 1 && sources.Any(source => ids.ContainsKey(source.StageId)))
            && ChosenBy(stage, stages) is not null);
        List<SweepMetric> metrics = [];
        if (choosing is not null && DecidingMetric(choosing) is { } metric && choosing.Inputs.Values.SelectMany(sources => sources)
            .FirstOrDefault(source => ids.ContainsKey(source.StageId) && Measured(source.StageId).ContainsKey(metric)) is { } decisive)
            metrics.Add(MetricOf(stages.First(stage => stage.Id == decisive.StageId), metric));
        var bases = stages.DistinctBy(stage => stage.Base).OrderBy(stage => stage.Manifest.Report.IsEvaluation ? 0 : 1);
        foreach (var first in bases)
        {
            var measured = stages.Where(stage => stage.Base == first.Base).Select(Measured).FirstOrDefault(values => values.Count > 0);
            if (measured is not null && (metrics.Count < 2 || first.Manifest.Report.IsEvaluation))
                metrics.AddRange(first.Manifest.Report.HeadlinesIn(measured).DefaultIfEmpty(measured.Keys.First()).Take(MaxScores)
                    .Select(name => MetricOf(first, name)));
        }
        return [.. metrics.Distinct().Take(MaxMetrics)];
    }

    private static string? DecidingMetric(PlannedStage choosing) =>
        choosing.Manifest.ParameterWith(ParameterRole.DecidingMetric) is { } path ? choosing.Values.GetValueOrDefault(path)?.Text : null;

    private static SweepMetric MetricOf(PlannedStage stage, string name) =>
        new(stage.Base, name, stage.Manifest.Report.MetricOf(name)?.Format ?? ValueFormat.Auto);

    /// <summary>The cell of which a stage hands on most; null when it hands on nothing.</summary>
    private string? ChosenBy(PlannedStage choosing, IReadOnlyList<PlannedStage> stages)
    {
        var given = Results(choosing.Id).Select(artifact => artifact.Id).ToHashSet();
        var sources = choosing.Inputs.Values.Where(port => port.Count > 1).SelectMany(port => port).Select(source => source.StageId)
            .ToHashSet(StringComparer.Ordinal);
        return stages.Where(stage => sources.Contains(stage.Id))
            .Select(stage => (Stage: stage, Handed: Results(stage.Id).Count(artifact => given.Contains(artifact.Id))))
            .Where(entry => entry.Handed > 0).OrderByDescending(entry => entry.Handed).Select(entry => KeyOf(entry.Stage)).FirstOrDefault();
    }

    private IEnumerable<Artifact> Results(string id) =>
        _runs.GetValueOrDefault(id)?.Outcome.Results?.ByPort.Values.SelectMany(port => port) ?? [];

    private IReadOnlyDictionary<string, double> Measured(PlannedStage stage) => Measured(stage.Id);

    private IReadOnlyDictionary<string, double> Measured(string id) =>
        Results(id).OfType<Metrics>().FirstOrDefault()?.Values ?? new Dictionary<string, double>();

    private static string ValueOf(PlannedStage stage, string axis) => stage.Cell.First(value => value.Key == axis).Value;

    private static string AxesOf(PlannedStage stage) =>
        string.Join(',', stage.Cell.Select(value => value.Key).Order(StringComparer.Ordinal));

    private static string KeyOf(PlannedStage stage) =>
        string.Join('\n', stage.Cell.OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => $"{value.Key}={value.Value}"));

    private static bool IsPart(PlannedStage small, PlannedStage large) =>
        small.Cell.Count < large.Cell.Count && small.Cell.All(value => large.Cell.Any(other => other.Key == value.Key));
}
