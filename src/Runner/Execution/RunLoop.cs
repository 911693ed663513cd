namespace Pipelines.Runner.Execution;

/// <summary>The one loop of a run: looks up what is known, starts what fits, settles what ends. All on one logical thread.</summary>
internal sealed class RunLoop(RunContext run, RunGraph graph, CancellationToken cancellation)
{
    // A second recovery covers two damaged inputs found one after the other; more means that the disk is failing.
    private const int MostRecoveries = 2;

    private readonly SortedSet<StageNode> _ready = new(Comparer<StageNode>.Create((a, b) => a.Order.CompareTo(b.Order)));
    private readonly Dictionary<Task<ExecutionResult>, StageNode> _running = [];
    private readonly Dictionary<string, StageNode> _makers = new(StringComparer.Ordinal);
    private readonly ResourcePools _pools = new(run.Options);
    private readonly Lanes _lanes = new(run.Time, run.Begun);
    private readonly StageLookup _lookup = new(run.Plan, run.Options, run.Storage, run.Catalog, id => run.Storage.Runs.LogPath(run.Id, id));
    private readonly Explanation _explanation = new(() => run.Last.Value);
    private bool _failed;
    private RunEnd _end = RunEnd.AllStopped;

    public async Task<RunEnd> RunAsync()
    {
        run.Storage.Artifacts.Expect(_explanation.LastOf(graph.Nodes));
        while (true)
        {
            while (!cancellation.IsCancellationRequested && graph.NextKnown() is { } known)
                LookUp(known);
            StartReady();
            if (_running.Count == 0)
                break;
            var ended = await Task.WhenAny(_running.Keys).ConfigureAwait(false);
            _running.Remove(ended, out var node);
            _pools.Give(node!.Stage);
            node.Span = _lanes.Leave(node.Span!);
            Settle(node, await ended.ConfigureAwait(false));
        }
        foreach (var rest in graph.Nodes.Where(node => !node.IsOver))
            Finish(rest, StageState.Skipped, new StageOutcome.Skipped(null));
        return _end;
    }

    private void LookUp(StageNode node)
    {
        var found = _lookup.Of(node, graph);
        if (found.Failure is { } failure)
            Fail(node, failure);
        else if (_makers.TryGetValue(node.Fingerprint!.Hash.Hex, out var maker) && maker != node)
            Follow(node, maker);
        else if (found.Hit is { } hit && !run.Options.Forces(node.Stage))
            Reuse(node, hit);
        else if (run.Options.Leaves(node.Stage))
            LeaveStale(node, node.Id, _explanation.WhyItRuns(node, found.Miss, forced: false));
        else
        {
            _makers[node.Fingerprint.Hash.Hex] = node;
            node.Why = _explanation.WhyItRuns(node, found.Miss, run.Options.Forces(node.Stage));
            graph.Move(node, StageState.Ready);
            _ready.Add(node);
        }
    }

    // Equal fingerprints in one run execute once.
    private void Follow(StageNode node, StageNode maker)
    {
        if (maker.IsOver)
        {
            TakeFrom(maker, node);
            return;
        }
        graph.Move(node, StageState.Ready);
        maker.Followers.Add(node);
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
            case { Results: { } results }:
                (node.Note, node.Bytes, node.Why) = (maker.Note, maker.Bytes, [$"same work as {maker.Id}"]);
                Finish(node, StageState.Done, new StageOutcome.Reused(node.Fingerprint!.Hash, Took(maker), results) { FromRun = run.Id });
                break;
        }
    }

    private void StartReady()
    {
        if (cancellation.IsCancellationRequested || (_failed && !run.Options.KeepGoing))
            return;
        while (!_pools.AreFull && _ready.FirstOrDefault(node => _pools.TryTake(node.Stage)) is { } node)
        {
            _ready.Remove(node);
            graph.Move(node, StageState.Running);
            node.Span = _lanes.Enter();
            run.Events.Report(new RunEvent.StageStarted(node.Id, node.Why));
            var execution = new StageExecution(run, node.Stage, node.Inputs, node.Fingerprint!, run.Options.Forces(node.Stage));
            _running.Add(Task.Run(() => execution.RunAsync(cancellation), CancellationToken.None), node);
        }
    }

    private void Settle(StageNode node, ExecutionResult result)
    {
        node.Attempts = result.Attempts;
        switch (result)
        {
            case ExecutionResult.Ran ran:
                (node.Note, node.Bytes) = (ran.Action.Note, ran.Action.Bytes);
                Finish(node, StageState.Done, new StageOutcome.Ran(node.Fingerprint!.Hash, ran.Action.Took, ran.Action.Outputs));
                break;
            case ExecutionResult.Found found:
                _makers.Remove(node.Fingerprint!.Hash.Hex);
                Reuse(node, found.Action);
                break;
            case ExecutionResult.InputsDamaged damaged:
                Recover(node, damaged.Inputs);
                break;
            case ExecutionResult.Failed failed:
                if (failed.StillRuns)
                    _end = RunEnd.SomeStillRun;
                Fail(node, failed.Outcome);
                break;
            case ExecutionResult.Interrupted:
                Finish(node, StageState.Failed, new StageOutcome.Interrupted());
                break;
            default:
                throw new InvalidOperationException(result.ToString());
        }
    }

    private void Recover(StageNode node, IReadOnlyList<DamagedArtifact> damaged)
    {
        if (node.Recoveries++ >= MostRecoveries)
        {
            var logPath = run.Storage.Runs.LogPath(run.Id, node.Id);
            Fail(node, new($"its inputs are damaged again and again: {damaged[0].What}", "check the disk", logPath) { At = node.Stage.At });
            return;
        }
        foreach (var (artifact, what) in damaged)
        {
            run.Storage.Artifacts.Evict(artifact);
            foreach (var producer in RunGraph.ProducersOf(node, artifact))
            {
                producer.Damage = what;
                node.Pending.Add(producer);
            }
        }
        graph.Move(node, StageState.Waiting);
        foreach (var producer in node.Pending.Where(producer => producer.State == StageState.Done).ToList())
        {
            _makers.Remove(producer.Fingerprint!.Hash.Hex);
            graph.Move(producer, StageState.Waiting);
        }
    }

    private void Reuse(StageNode node, ActionRecord action)
    {
        StageLog.Replay(node.Stage, action.Log, run.Events);
        (node.Note, node.Bytes, node.Why) = (action.Note, action.Bytes, _explanation.WhyItIsKept(node, action.Run));
        Finish(node, StageState.Done, new StageOutcome.Reused(node.Fingerprint!.Hash, action.Took, action.Outputs) { FromRun = action.Run });
    }

    /// <summary>Leaves a stage, and all that needs it, as it last was.</summary>
    private void LeaveStale(StageNode node, string because, IReadOnlyList<string> why)
    {
        var last = _explanation.LastOf(node) is { } hash ? run.Storage.Artifacts.Find(hash).Action : null;
        (node.Note, node.Why) = (last?.Note, why);
        Finish(node, StageState.Skipped, new StageOutcome.Stale(
            because, last is null ? null : new(last.Fingerprint.Hash, last.Took, last.Outputs) { FromRun = last.Run }));
        foreach (var dependent in node.Dependents.Where(dependent => dependent.State == StageState.Waiting))
            LeaveStale(dependent, because, [$"needs {node.Id}"]);
    }

    private void Fail(StageNode node, StageOutcome.Failed failure)
    {
        _failed = true;
        Finish(node, StageState.Failed, failure);
        SkipDependents(node, node.Id);
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

    private void Finish(StageNode node, StageState state, StageOutcome outcome)
    {
        node.Outcome = outcome;
        graph.Move(node, state);
        run.Events.Report(new RunEvent.StageFinished(node.Id, outcome, node.NoteShown));
        foreach (var follower in node.Followers)
            TakeFrom(node, follower);
        node.Followers.Clear();
    }

    private static TimeSpan Took(StageNode node) => node.Outcome switch
    {
        StageOutcome.Ran ran => ran.Took,
        StageOutcome.Reused reused => reused.Took,
        _ => default,
    };
}
