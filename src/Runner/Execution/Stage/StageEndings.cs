
namespace Pipelines.Runner.Execution;

/// <summary>How stages of a run end, and what that means for those that follow or need them.</summary>
internal sealed class StageEndings(RunContext run, RunGraph graph, Explanation explanation)
{
    public bool AnyFailed { get; private set; }

    public void Finish(StageNode node, StageState state, StageOutcome outcome)
    {
        node.Outcome = outcome;
        graph.Move(node, state);
        run.Events.Report(new RunEvent.StageFinished(node.Id, outcome, node.NoteShown));
        foreach (var follower in node.Followers)
            TakeFrom(node, follower);
        node.Followers.Clear();
        if (run.Options.Light)
            LeaveDependents(node);
    }

    public void Fail(StageNode node, StageOutcome.Failed failure)
    {
        AnyFailed = true;
        Finish(node, StageState.Failed, failure);
        SkipDependents(node, node.Id);
    }

    /// <summary>Takes the result of a stage of the same fingerprint, now or when it ends.</summary>
    public void Follow(StageNode node, StageNode maker)
    {
        if (maker.IsOver)
        {
            TakeFrom(maker, node);
            return;
        }
        graph.Move(node, StageState.Ready);
        maker.Followers.Add(node);
    }

    /// <param name="because">The heavy stage: this one, or one before it.</param>
    public void LeaveStale(StageNode node, string because, IReadOnlyList<string> why)
    {
        var last = explanation.LastOf(node) is { } hash ? run.Storage.Artifacts.Find(hash).Action : null;
        (node.Note, node.Why) = (last?.Note, why);
        Finish(node, StageState.Skipped, new StageOutcome.Stale(
            because, last is null ? null : new(last.Fingerprint.Hash, last.Took, last.Outputs)
            {
                FromRun = last.Run,
                Memory = last.Memory,
            }));
    }

    private void TakeFrom(StageNode maker, StageNode node)
    {
        switch (maker.Outcome)
        {
            case StageOutcome.Failed failed:
                Fail(node, failed);
                break;
            case StageOutcome.Skipped { BecauseOf: { } because }:
                Skip(node, because);
                break;
            case { Results: { } results, Made: { } made }:
                (node.Note, node.Bytes, node.Why) = (maker.Note, maker.Bytes, [$"same work as {maker.Id}"]);
                Finish(node, StageState.Done, new StageOutcome.Reused(node.Fingerprint!.Hash, made.Took, results)
                {
                    FromRun = run.Id,
                    Memory = made.Memory,
                });
                break;
        }
    }

    // Wait for all producers, so that the culprit named does not depend on timing.
    private void LeaveDependents(StageNode node)
    {
        foreach (var dependent in node.Dependents.Where(dependent => dependent.State == StageState.Waiting))
            if (dependent.Pending.Count > 0 && dependent.Pending.All(producer => producer.Outcome is StageOutcome.Stale))
            {
                var producer = dependent.Pending.MinBy(producer => producer.Order)!;
                LeaveStale(dependent, ((StageOutcome.Stale)producer.Outcome!).BecauseOf, [$"needs {producer.Id}"]);
            }
    }

    private void Skip(StageNode node, string because)
    {
        Finish(node, StageState.Skipped, new StageOutcome.Skipped(because));
        SkipDependents(node, because);
    }

    private void SkipDependents(StageNode node, string because)
    {
        foreach (var dependent in node.Dependents.Where(dependent => dependent.State == StageState.Waiting))
            Skip(dependent, because);
    }
}
