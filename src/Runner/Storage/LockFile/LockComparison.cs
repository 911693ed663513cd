using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;

namespace Pipelines.Runner.Storage;

/// <summary>What differs between two lock files of a pipeline, with the parameters of the plans they were made from.</summary>
public static class LockComparison
{
    /// <param name="planBefore">Null when it cannot be planned any more: then parameters are not compared.</param>
    /// <param name="isSource">Whether stages of a kind take nothing from others; asked where there is no plan.</param>
    public static IReadOnlyList<ComparedStage> Of(
        PipelineLock before, PipelineLock after, Plan? planBefore, Plan? planAfter, Func<string, bool> isSource)
    {
        // In the order of the plan where there is one.
        var order = (planAfter ?? planBefore)?.Stages.Select(stage => stage.Id) ?? [];
        var ids = order.Where(id => before.Stages.ContainsKey(id) || after.Stages.ContainsKey(id)).Union(after.Stages.Keys)
            .Union(before.Stages.Keys);
        return [.. ids.Select(id => Of(id, before.Stages.GetValueOrDefault(id), after.Stages.GetValueOrDefault(id), StageOf(planBefore, id),
            StageOf(planAfter, id), isSource))
            .Where(stage => stage.Differs)];
    }

    private static ComparedStage Of(
        string id, PinnedStage? before, PinnedStage? after, PlannedStage? plannedBefore, PlannedStage? plannedAfter,
        Func<string, bool> isSource)
    {
        if (before is null || after is null)
            return new(id, before is null ? "the second" : "the first", [], []);
        List<FingerprintChange> changes = [];
        if (before.Kind != after.Kind)
            changes.Add(new("kind", before.Kind, after.Kind));
        if (plannedBefore is not null && plannedAfter is not null)
            changes.AddRange(ParametersOf(plannedAfter).ChangesSince(ParametersOf(plannedBefore)));
        return new(id, null, changes, ComparedMetric.Of(before.Metrics, after.Metrics))
        {
            // Only of stages that load: the content of other outputs follows from inputs and parameters.
            Data = plannedAfter is { Inputs.Count: 0 } || (plannedAfter is null && isSource(after.Kind)) ? Changed(before, after) : [],
        };
    }

    private static List<string> Changed(PinnedStage before, PinnedStage after) =>
        [.. before.Outputs.Keys.Union(after.Outputs.Keys).Order(StringComparer.Ordinal)
            .Where(name => before.Outputs.GetValueOrDefault(name) != after.Outputs.GetValueOrDefault(name))];

    private static Fingerprint ParametersOf(PlannedStage stage) =>
        Fingerprint.Of(stage.Values.Where(value => value.Value.InFingerprint)
            .Select(value => KeyValuePair.Create($"with.{value.Key}", value.Value.Text)));

    private static PlannedStage? StageOf(Plan? plan, string id) => plan?.Stages.FirstOrDefault(stage => stage.Id == id);
}
