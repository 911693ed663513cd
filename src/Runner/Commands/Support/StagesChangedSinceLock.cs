using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Storage;

namespace Pipelines.Runner.Commands;

/// <summary>
/// Finds stages that differ from those the lock file was written from, e.g. after an edit of the pipeline: their results differ for that
/// reason, whatever the machine does.
/// </summary>
internal sealed class StagesChangedSinceLock(Plan plan, PipelineLock expected, IArtifactStore store)
{
    // Read before the new results replace those that the lock file was written from.
    private readonly Dictionary<string, Fingerprint> _promised = expected.Stages
        .Select(stage => (Id: stage.Key, store.Find(stage.Value.Fingerprint).Action?.Fingerprint))
        .Where(stage => stage.Fingerprint is not null)
        .ToDictionary(stage => stage.Id, stage => stage.Fingerprint!, StringComparer.Ordinal);

    /// <summary>By stage: what is another, as far as it can be told.</summary>
    public IReadOnlyDictionary<string, string> In(PipelineLock actual)
    {
        Dictionary<string, string> found = new(StringComparer.Ordinal);
        foreach (var stage in plan.Stages)
            if (expected.Stages.GetValueOrDefault(stage.Id) is { } before && actual.Stages.GetValueOrDefault(stage.Id) is { } now
                && before.Fingerprint != now.Fingerprint
                && WhatChanged(stage, now, actual) is { } what)
                found.Add(stage.Id, what);
        return found;
    }

    /// <summary>Null where only what comes from upstream is another.</summary>
    private string? WhatChanged(PlannedStage stage, PinnedStage now, PipelineLock actual)
    {
        if (_promised.GetValueOrDefault(stage.Id) is { } promised && store.Find(now.Fingerprint).Action is { } made)
        {
            List<FingerprintChange> own = [.. made.Fingerprint.ChangesSince(promised)
                .Where(change => !change.Name.StartsWith("from.", StringComparison.Ordinal))];
            return own.Count == 0 ? null : string.Join("; ", ReasonFormat.Of(stage, own));
        }
        return stage.Inputs.Values.SelectMany(sources => sources)
            .All(source => IsSame(source, actual)) ? "its parameters, version, seed or engine" : null;
    }

    private bool IsSame(OutputRef source, PipelineLock actual) =>
        expected.Stages.GetValueOrDefault(source.StageId) is { } before && actual.Stages.GetValueOrDefault(source.StageId) is { } now
        && before.Outputs.Count == now.Outputs.Count
        && before.Outputs.All(output => now.Outputs.GetValueOrDefault(output.Key) == output.Value);
}
