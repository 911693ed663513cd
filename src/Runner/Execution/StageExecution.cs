using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Execution;

/// <summary>Executes one stage: lock, workspace, the stage itself, commit. The one place that catches what a stage throws.</summary>
internal sealed class StageExecution(RunContext run, PlannedStage stage, ArtifactSet inputs, Fingerprint fingerprint, bool forced)
{
    private readonly IArtifactStore _artifacts = run.Storage.Artifacts;

    public async Task<ExecutionResult> RunAsync(CancellationToken cancellation)
    {
        using var log = new StageLog(stage.Id, run.Storage.Runs.LogPath(run.Id, stage.Id), run.Events);
        try
        {
            using var held = await _artifacts.LockAsync(
                fingerprint.Hash, holder => run.Events.Report(new RunEvent.StageWaiting(stage.Id, holder)), cancellation).ConfigureAwait(false);
            if (!forced && _artifacts.Find(fingerprint.Hash).Action is { } found)
                return new ExecutionResult.Found(found);
            if (Damaged(thorough: false) is { } damaged)
                return damaged;
            return new ExecutionResult.Ran(await ExecuteAsync(log, cancellation).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return new ExecutionResult.Interrupted();
        }
        catch (DamagedArtifactException damage) when (inputs.ByPort.Values.Any(port => port.Any(input => input.Id == damage.Artifact.Id)))
        {
            return new ExecutionResult.InputsDamaged([new(damage.Artifact, damage.Message)]);
        }
        catch (Exception error)
        {
            log.Append(error);
            if (Damaged(thorough: true) is { } damaged)
                return damaged;
            return new ExecutionResult.Failed(StageFailure.Of(error, stage, log.Path));
        }
    }

    private async Task<ActionRecord> ExecuteAsync(StageLog log, CancellationToken cancellation)
    {
        using var workspace = _artifacts.Open(fingerprint.Hash, fresh: forced);
        var started = run.Time.GetTimestamp();
        var outputs = await run.Create(stage.Spec)
            .RunAsync(Narrowed(), AbsoluteFiles.In(stage, run.Storage.Files.Absolute), Context(workspace, log), cancellation).ConfigureAwait(false);
        var changed = stage.Values.Values.Select(value => value.File).OfType<string>().Where(run.Storage.Files.HasChanged).ToList();
        foreach (var path in changed)
            log.Warn($"'{path}' changed while the stage ran: its result is used but not kept");
        var action = new ActionRecord(
            fingerprint, outputs, run.Time.GetElapsedTime(started), StageNote.Of(outputs), log.Lines, run.Id);
        return changed.Count == 0 ? _artifacts.Commit(action) : action with { Outputs = _artifacts.Place(outputs) };
    }

    private StageContext Context(StageWorkspace workspace, StageLog log)
    {
        var uses = stage.Spec.Uses;
        return new()
        {
            ScratchDirectory = workspace.ScratchDirectory,
            WorkDirectory = workspace.WorkDirectory,
            // What is not in the fingerprint must not reach the stage.
            Seed = uses.HasFlag(Uses.Seed) ? run.Plan.Seed : 0,
            Device = uses.HasFlag(Uses.Torch) ? run.Options.Device : "cpu",
            Threads = run.Options.Threads,
            Write = workspace.Write,
            Progress = new StageProgressEvents(stage.Id, run.Events),
            Log = log,
        };
    }

    private ArtifactSet Narrowed()
    {
        var ports = inputs.ByPort.ToDictionary(StringComparer.Ordinal);
        foreach (var port in stage.Spec.Inputs)
            if (ports.TryGetValue(port.Name, out var artifacts) && new ReadColumns(port, stage.Values) is { All: false } reads)
                ports[port.Name] = [.. artifacts.Select(artifact => artifact is Table table ? reads.Of(table) : artifact)];
        return new(ports);
    }

    private ExecutionResult.InputsDamaged? Damaged(bool thorough)
    {
        var damaged = inputs.ByPort.Values.SelectMany(port => port).DistinctBy(artifact => artifact.Id)
            .Select(artifact => (Artifact: artifact, What: _artifacts.Verify(artifact, thorough)))
            .Where(found => found.What is not null)
            .Select(found => new DamagedArtifact(found.Artifact, found.What!)).ToList();
        return damaged.Count == 0 ? null : new(damaged);
    }
}

/// <summary>A stage's progress as events of the run.</summary>
internal sealed class StageProgressEvents(string stageId, IProgress<RunEvent> events) : IProgress<StageProgress>
{
    public void Report(StageProgress value) => events.Report(new RunEvent.StageAdvanced(stageId, value));
}
