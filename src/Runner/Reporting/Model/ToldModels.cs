namespace Pipelines.Runner.Reporting.Model;

/// <summary>The models that went into the evaluations a report tells of.</summary>
internal sealed class ToldModels(IReadOnlyList<StageResult> results, IEnumerable<StageResult> evaluations)
{
    private readonly HashSet<string> _told =
        [.. evaluations.SelectMany(evaluation => Lineage.Of(evaluation.Id, results)).Select(result => result.Id)];

    /// <summary>Whether a training made one of them, or something else is about one; true of what is about no model.</summary>
    public bool AreOf(StageResult result)
    {
        if (result.Report.IsTraining)
            return _told.Contains(result.Id);
        var models = Lineage.Of(result.Id, results, from => !from.Report.IsTraining).Where(from => from.Report.IsTraining).ToList();
        return models.Count == 0 || models.Exists(model => _told.Contains(model.Id));
    }
}
