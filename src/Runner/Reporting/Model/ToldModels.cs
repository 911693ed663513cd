using Pipelines.Stages.Contracts.Specs;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>The models that went into the evaluations a report tells of.</summary>
internal sealed class ToldModels(IReadOnlyList<StageResult> results, IEnumerable<StageResult> evaluations)
{
    private readonly HashSet<string> _told =
        [.. evaluations.SelectMany(evaluation => Lineage.Of(evaluation.Id, results)).Select(result => result.Id)];

    /// <summary>Whether a stage made one of them, or is about one; true of what is about no model.</summary>
    public bool AreOf(StageResult result)
    {
        if (MakesModel(result))
            return _told.Contains(result.Id);
        var models = Lineage.Of(result.Id, results, from => !MakesModel(from)).Where(MakesModel).ToList();
        return models.Count == 0 || models.Exists(model => _told.Contains(model.Id));
    }

    private static bool MakesModel(StageResult result) => result.Stage.Spec.Outputs.Any(port => port.Artifact == ArtifactKind.Model);
}
