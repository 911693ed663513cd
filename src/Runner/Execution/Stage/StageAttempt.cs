using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Shell;

namespace Pipelines.Runner.Execution;

/// <summary>One attempt of a stage: workspace, the stage within its timeout, commit.</summary>
/// <param name="claim">Given up when the stage has stopped.</param>
internal sealed class StageAttempt(
    RunContext run, PlannedStage stage, ArtifactSet inputs, Fingerprint fingerprint, StageLog log, IResultClaim claim) : IDisposable
{
    private Task _work = Task.CompletedTask;

    /// <summary>False: the stage did not stop at its timeout and runs on.</summary>
    public bool HasStopped => _work.IsCompleted;

    /// <param name="fresh">Drops what an interrupted execution left behind.</param>
    public async Task<ActionRecord> RunAsync(bool fresh, CancellationToken cancellation)
    {
        var workspace = claim.Open(fresh);
        try
        {
            using MemoryWatch memory = new(run.Time, stage.Spec.Kind == RunCommand.Kind);
            var started = run.Time.GetTimestamp();
            var outputs = await OutputsAsync(workspace, cancellation).ConfigureAwait(false);
            if (CarriedColumns.WrongRows(stage, inputs, outputs) is { } port)
                throw new InvalidOperationException($"'{stage.Spec.Kind}' says that '{port}' has the rows of its input; it has not.");
            return Commit(outputs, run.Time.GetElapsedTime(started), memory.Use());
        }
        catch (IOException error) when (StageFailure.IsDiskFull(error))
        {
            throw StageFailure.DiskFull(error, workspace.BytesWritten(), run.Options.ProjectRoot);
        }
        finally
        {
            WhenStopped(workspace);
        }
    }

    public void Dispose() => WhenStopped(claim);

    private async Task<ArtifactSet> OutputsAsync(StageWorkspace workspace, CancellationToken cancellation)
    {
        (_work, var inTime) = Deadline.Start(
            stop => run.Create(stage.Spec).RunAsync(Narrowed(), stage.Parameters, Context(workspace, stop), stop), stage.Policy.Timeout,
            run.Time, cancellation);
        return await inTime.ConfigureAwait(false);
    }

    private ActionRecord Commit(ArtifactSet outputs, TimeSpan took, MemoryUse? memory)
    {
        var changed = StageFiles.Of(stage, fingerprint).Where(run.Storage.Files.HasChanged).ToList();
        foreach (var path in changed)
            log.Warn($"'{path}' changed while the stage ran: its result is used but not kept");
        var action = new ActionRecord(fingerprint, outputs, took, StageNote.Of(stage.Spec, inputs, outputs), log.Lines, run.Id)
        {
            Memory = memory,
        };
        return changed.Count == 0 ? claim.Commit(action) : claim.Place(action);
    }

    // A stage that ignored its timeout keeps its lock and folders until it ends.
    private void WhenStopped(IDisposable used)
    {
        if (HasStopped)
            used.Dispose();
        else
            _ = _work.ContinueWith(_ => used.Dispose(), TaskScheduler.Default);
    }

    private StageContext Context(StageWorkspace workspace, CancellationToken stop)
    {
        var uses = stage.Spec.Uses;
        return new()
        {
            ScratchDirectory = workspace.ScratchDirectory,
            WorkDirectory = workspace.WorkDirectory,
            // What is not in the fingerprint must not reach the stage.
            Seed = uses.HasFlag(Uses.Seed) ? stage.Seed ?? run.Plan.Seed : 0,
            Device = uses.HasFlag(Uses.Torch) ? run.Options.Device : "cpu",
            Threads = run.Options.Threads,
            Secret = stage.SecretVariable is { } secret ? run.Options.Variable(secret) : null,
            Hub = stage.Repository is { } repository
                ? HubAccess.Of(run.Options.Variable) with { Commit = run.Options.Commits[repository.Source] }
                : null,
            Write = stage.Plugin is { } plugin ? new PluginModels(workspace.Write, plugin) : workspace.Write,
            Progress = new StageProgressEvents(stage.Id, run.Events, stop),
            Log = log,
        };
    }

    private ArtifactSet Narrowed()
    {
        var ports = inputs.ByPort.ToDictionary(StringComparer.Ordinal);
        foreach (var port in stage.Spec.Inputs)
            if (ports.TryGetValue(port.Name, out var artifacts) && ReadColumns.Of(port, stage.Values) is { All: false } reads)
                ports[port.Name] = [.. artifacts.Select(artifact => artifact is Table table ? reads.Of(table) : artifact)];
        return new(ports);
    }
}

/// <summary>A stage's progress as events of the run, until it is told to stop.</summary>
internal sealed class StageProgressEvents(string stageId, IProgress<RunEvent> events, CancellationToken stop) : IProgress<StageProgress>
{
    public void Report(StageProgress value)
    {
        if (!stop.IsCancellationRequested)
            events.Report(new RunEvent.StageAdvanced(stageId, value));
    }
}
