using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Specs;
using Pipelines.Stages.Shell;

namespace Pipelines.Runner.Execution;

/// <summary>
/// Runs plans: looks every stage up in the store and executes those it lacks. Prints nothing; observers see <see cref="RunEvent"/>s.
/// </summary>
/// <param name="create">Makes the stage of a kind; by default its class, without arguments.</param>
public sealed class PipelineRunner(
    ProjectStorage storage, IProgress<RunEvent> observer, TimeProvider time, Func<StageSpec, IStage>? create = null)
{
    /// <summary>To name stage kinds in the help of a failure.</summary>
    public StageCatalog? Catalog { get; init; }

    /// <summary>Runs to the end, to the first failure, or until cancelled; how it went is in the record.</summary>
    /// <exception cref="StorageException">The project folder cannot be written.</exception>
    public async Task<RunRecord> RunAsync(Plan plan, RunOptions options, CancellationToken cancellation)
    {
        var started = time.GetLocalNow();
        var stopwatch = time.GetTimestamp();
        var run = new RunContext(storage.Runs.Begin(started), plan, options, storage, new SerialEvents(observer), time, stopwatch,
            create ?? (spec => Create(spec, options)), Catalog);
        using var kept = storage.Artifacts.Keep();
        var graph = new RunGraph(plan, options.Only);
        run.Events.Report(new RunEvent.RunStarted(plan.Pipeline, [.. graph.Nodes.Select(node => node.Id)])
        {
            Run = run.Id,
            Usual = id => run.Last.Value.GetValueOrDefault(id)?.Cost.Took,
        });
        await new RunLoop(run, graph, cancellation).RunAsync().ConfigureAwait(false);
        var record = Record(run, graph, started, time.GetElapsedTime(stopwatch)) with
        {
            // A signal that arrives after the last stage has ended interrupts nothing.
            Interrupted = cancellation.IsCancellationRequested
                && graph.Nodes.Any(node => node.State != StageState.Done && node.Outcome is not StageOutcome.Stale),
        };
        storage.Runs.Save(record, plan);
        storage.Files.Save();
        SaveLast(run, graph);
        return record;
    }

    private static RunRecord Record(RunContext run, RunGraph graph, DateTimeOffset started, TimeSpan took)
    {
        var outcomes = graph.Nodes.ToDictionary(node => node.Id, node => node.Outcome!, StringComparer.Ordinal);
        var ran = outcomes.Values.Any(outcome => outcome is StageOutcome.Ran);
        return new(
            run.Id, run.Plan.Pipeline, started, took, EnvironmentInfo.Capture(run.Options, ran),
            [.. graph.Nodes.Select(Record)],
            Expectations.Of(run.Plan, outcomes))
        {
            Overrides = new(run.Plan.Overrides.Variables, run.Plan.Overrides.Values),
        };
    }

    private static StageRun Record(StageNode node) => new(node.Id, node.Stage.Spec.Kind, node.Outcome!, node.NoteShown)
    {
        Why = node.Why,
        Attempts = node.Attempts,
        Span = node.Span,
        Hosted = node.Hosted,
    };

    private void SaveLast(RunContext run, RunGraph graph)
    {
        var fresh = graph.Nodes.Where(node => node.State == StageState.Done && IsNew(node, run.Last.Value.GetValueOrDefault(node.Id)))
            .ToList();
        if (fresh.Count == 0)
            return;
        // Read again, because another run may have written meanwhile.
        var last = storage.Runs.Last(run.Plan.Pipeline).ToDictionary(StringComparer.Ordinal);
        foreach (var node in fresh)
        {
            var before = last.GetValueOrDefault(node.Id);
            last[node.Id] = node.Outcome is StageOutcome.Ran ran
                ? before?.Executed(node.Fingerprint!, ran.Took, node.Bytes) ?? new(node.Fingerprint!, [ran.Took], node.Bytes)
                : new(node.Fingerprint!, before?.Times ?? [((StageOutcome.Reused)node.Outcome!).Took], node.Bytes);
        }
        storage.Runs.SaveLast(run.Plan.Pipeline, last);
    }

    private static bool IsNew(StageNode node, LastResult? before) =>
        node.Outcome is StageOutcome.Ran || before is null || before.Hash != node.Fingerprint!.Hash;

    private static IStage Create(StageSpec spec, RunOptions options) => spec.Implementation == typeof(RunCommand)
        ? new RunCommand(spec, options.ProjectRoot)
        : (IStage)Activator.CreateInstance(spec.Implementation)!;
}
