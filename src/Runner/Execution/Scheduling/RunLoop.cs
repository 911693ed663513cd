using System.Threading.Channels;

namespace Pipelines.Runner.Execution;

/// <summary>The one loop of a run: decides what is known, starts what fits, settles what ends. All on one logical thread.</summary>
internal sealed class RunLoop
{
    // A second recovery covers two damaged inputs found one after the other; more means that the disk is failing.
    private const int MaxRecoveries = 2;

    private readonly RunContext _run;
    private readonly RunGraph _graph;
    private readonly CancellationToken _cancellation;
    private readonly Explanation _explanation;
    private readonly StageDecisions _decisions;
    private readonly StageEndings _endings;
    private readonly ResourcePools _pools;
    private readonly Lanes _lanes;
    private readonly SortedSet<StageNode> _ready = new(Comparer<StageNode>.Create((a, b) => a.Order.CompareTo(b.Order)));
    private readonly List<StageNode> _hosted = [];

    // Not a set of tasks to wait for: with many thousands elsewhere, each end would look at all of them.
    private readonly Channel<(StageNode Node, bool TookPools, Task<ExecutionResult> Execution)> _ended =
        Channel.CreateUnbounded<(StageNode, bool, Task<ExecutionResult>)>();

    private int _running;

    public RunLoop(RunContext run, RunGraph graph, CancellationToken cancellation)
    {
        (_run, _graph, _cancellation) = (run, graph, cancellation);
        _explanation = new(() => run.Last.Value);
        _decisions = new(run.Plan, run.Options, run.Storage, run.Catalog, _explanation, id => run.Storage.Runs.LogPath(run.Id, id));
        _endings = new(run, graph, _explanation);
        _pools = new(run.Options);
        _lanes = new(run.Time, run.Begun);
    }

    public async Task RunAsync()
    {
        _run.Storage.Artifacts.Expect(_explanation.LastOf(_graph.Nodes));
        while (true)
        {
            while (!_cancellation.IsCancellationRequested && _graph.NextKnown() is { } known)
                Decide(known);
            StartReady();
            if (_running == 0)
                break;
            var (node, tookPools, execution) = await _ended.Reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
            _running--;
            if (tookPools)
                _pools.Give(node.Stage);
            node.Span = _lanes.Leave(node.Span!);
            Settle(node, await execution.ConfigureAwait(false));
        }
        foreach (var rest in _graph.Nodes.Where(node => !node.IsOver))
            _endings.Finish(rest, StageState.Skipped, new StageOutcome.Skipped(null));
    }

    private void Decide(StageNode node)
    {
        switch (_decisions.Of(node, _graph))
        {
            case StageDecision.Fail fail:
                _endings.Fail(node, fail.Failure);
                break;
            case StageDecision.Follow follow:
                _endings.Follow(node, follow.Maker);
                break;
            case StageDecision.Reuse reuse:
                Reuse(node, reuse.Action);
                break;
            case StageDecision.Leave leave:
                _endings.LeaveStale(node, node.Id, leave.Why);
                break;
            case StageDecision.Run decided:
                node.Why = decided.Why;
                _graph.Move(node, StageState.Ready);
                if (IsHosted(node))
                    _hosted.Add(node);
                else
                    _ready.Add(node);
                break;
        }
    }

    private void StartReady()
    {
        if (_cancellation.IsCancellationRequested || (_endings.AnyFailed && !_run.Options.KeepGoing))
            return;
        foreach (var node in _hosted)
        {
            HostedExecution execution = new(_run, node.Stage, node.Fingerprint!);
            Start(node, tookPools: false, () => execution.RunAsync(_run.Options.Host!, _cancellation));
        }
        _hosted.Clear();
        while (!_pools.AreFull && _ready.FirstOrDefault(node => _pools.TryTake(node.Stage)) is { } node)
        {
            _ready.Remove(node);
            var execution = new StageExecution(_run, node.Stage, node.Inputs, node.Fingerprint!, _run.Options.Forces(node.Stage));
#pragma warning disable RS0030 // The one place that decides.
            Start(node, tookPools: true, () => Task.Run(() => execution.RunAsync(_cancellation), CancellationToken.None));
#pragma warning restore RS0030
        }
    }

    private void Start(StageNode node, bool tookPools, Func<Task<ExecutionResult>> execute)
    {
        _graph.Move(node, StageState.Running);
        node.Span = _lanes.Enter();
        _run.Events.Report(new RunEvent.StageStarted(node.Id, node.Why));
        _running++;
        _ = execute().ContinueWith(
            ended => _ended.Writer.TryWrite((node, tookPools, ended)), CancellationToken.None, TaskContinuationOptions.None,
            TaskScheduler.Default);
    }

    // What has to be forced, or was found damaged, runs here: a job would find the result and leave it.
    private bool IsHosted(StageNode node) => _run.Options.Host is { } host && !_run.Options.Forces(node.Stage) && node.Damage is null
        && host.Takes(node.Stage, _run.Last.Value.GetValueOrDefault(node.Id)?.Cost.Took);

    private void Settle(StageNode node, ExecutionResult result)
    {
        node.Attempts = result.Attempts;
        switch (result)
        {
            case ExecutionResult.Ran ran:
                (node.Note, node.Bytes, node.Hosted) = (ran.Action.Note, ran.Action.Bytes, ran.Hosted);
                _endings.Finish(node, StageState.Done, new StageOutcome.Ran(node.Fingerprint!.Hash, ran.Action.Took, ran.Action.Outputs)
                {
                    Memory = ran.Action.Memory,
                });
                break;
            case ExecutionResult.Found found:
                _decisions.Forget(node);
                Reuse(node, found.Action);
                break;
            case ExecutionResult.InputsDamaged damaged:
                Recover(node, damaged.Inputs);
                break;
            case ExecutionResult.Failed failed:
                _endings.Fail(node, failed.Outcome);
                break;
            case ExecutionResult.Interrupted:
                _endings.Finish(node, StageState.Failed, new StageOutcome.Interrupted());
                break;
            default:
                throw new InvalidOperationException(result.ToString());
        }
    }

    private void Recover(StageNode node, IReadOnlyList<DamagedArtifact> damaged)
    {
        if (node.Recoveries++ >= MaxRecoveries)
        {
            var logPath = _run.Storage.Runs.LogPath(_run.Id, node.Id);
            _endings.Fail(node, new($"its inputs are damaged again and again: {damaged[0].What}", "check the disk", logPath)
            {
                At = node.Stage.At,
            });
            return;
        }
        List<StageNode> again = [];
        foreach (var (artifact, what) in damaged)
        {
            _run.Storage.Artifacts.Evict(artifact, evenWhole: node.Recoveries > 1);
            foreach (var (producer, isMaker) in RunGraph.WaitAgain(node, artifact))
            {
                producer.Damage = isMaker ? what : producer.Damage;
                again.Add(producer);
            }
        }
        _graph.Move(node, StageState.Waiting);
        foreach (var producer in again.Where(producer => producer.State == StageState.Done).Distinct().ToList())
        {
            _decisions.Forget(producer);
            _graph.Move(producer, StageState.Waiting);
        }
    }

    private void Reuse(StageNode node, ActionRecord action)
    {
        StageLog.Replay(node.Stage, action.Log, _run.Events);
        (node.Note, node.Bytes, node.Why) = (action.Note, action.Bytes, _explanation.WhyItIsKept(node, action.Run));
        _endings.Finish(node, StageState.Done, new StageOutcome.Reused(node.Fingerprint!.Hash, action.Took, action.Outputs)
        {
            FromRun = action.Run,
            Origin = action.Origin,
            Memory = action.Memory,
        });
    }
}
