using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Execution;

/// <summary>Executes one stage, again where its <c>retries</c> allow it. The one place that catches what a stage throws.</summary>
internal sealed class StageExecution(RunContext run, PlannedStage stage, ArtifactSet inputs, Fingerprint fingerprint, bool forced)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(30);

    private readonly IArtifactStore _artifacts = run.Storage.Artifacts;

    private IEnumerable<Artifact> Read => inputs.ByPort.Values.SelectMany(port => port).SelectMany(CarriedColumns.WithSources);

    public async Task<ExecutionResult> RunAsync(CancellationToken cancellation)
    {
        using var log = new StageLog(stage, run.Storage.Runs.LogPath(run.Id, stage.Id), run.Events);
        var pause = FirstPause;
        for (var attempt = 1; ; attempt++)
        {
            var result = await TryAsync(attempt, log, cancellation).ConfigureAwait(false) with { Attempts = attempt };
            if (attempt > stage.Policy.Retries || result is not ExecutionResult.Failed { MayPass: true, StillRuns: false } failed)
                return attempt == 1 ? result : Told(result, attempt);
            var attempts = stage.Policy.Retries + 1;
            log.BeginAgain(FormattableString.Invariant($"attempt {attempt} of {attempts} failed: {failed.Outcome.Message}"));
            run.Events.Report(new RunEvent.StageRetried(stage.Id, attempt, attempts, failed.Outcome.Message, pause));
            if (!await PauseAsync(pause, cancellation).ConfigureAwait(false))
                return new ExecutionResult.Interrupted { Attempts = attempt };
            pause = pause * 2 < MaxPause ? pause * 2 : MaxPause;
        }
    }

    /// <summary>Lock, inputs, the stage itself.</summary>
    private async Task<ExecutionResult> TryAsync(int number, StageLog log, CancellationToken cancellation)
    {
        StageAttempt? attempt = null;
        try
        {
            var claim = await _artifacts.ClaimAsync(
                fingerprint.Hash, WorkFolder.Of(stage, fingerprint),
                holder => run.Events.Report(new RunEvent.StageWaiting(stage.Id, holder)),
                cancellation).ConfigureAwait(false);
            using var released = attempt = new StageAttempt(run, stage, inputs, fingerprint, log, claim);
            if (!forced && (_artifacts.Find(fingerprint.Hash, fingerprint).Action
                ?? await claim.FetchAsync(cancellation).ConfigureAwait(false)) is { } found)
                return new ExecutionResult.Found(found);
            if (Damaged(again: false) is { } damaged)
                return damaged;
            return new ExecutionResult.Ran(await attempt.RunAsync(fresh: forced && number == 1, cancellation).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return new ExecutionResult.Interrupted();
        }
        catch (DamagedArtifactException damage) when (Read.Any(input => input.Id == damage.Artifact.Id))
        {
            return new ExecutionResult.InputsDamaged([new(damage.Artifact, damage.Message)]);
        }
        catch (Exception error)
        {
            log.Append(error);
            if (Damaged(again: true) is { } damaged)
                return damaged;
            return new ExecutionResult.Failed(
                StageFailure.Of(error, stage, log.Path), StageFailure.MayPass(error), attempt is { HasStopped: false });
        }
    }

    private static ExecutionResult Told(ExecutionResult result, int attempt) => result is ExecutionResult.Failed failed
        ? failed with
        {
            Outcome = failed.Outcome with { Message = FormattableString.Invariant($"{failed.Outcome.Message} (attempt {attempt})") },
        }
        : result;

    private async Task<bool> PauseAsync(TimeSpan pause, CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(pause, run.Time, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private ExecutionResult.InputsDamaged? Damaged(bool again)
    {
        var damaged = Read.DistinctBy(artifact => artifact.Id)
            .Select(artifact => (Artifact: artifact, What: _artifacts.Verify(artifact, again)))
            .Where(found => found.What is not null)
            .Select(found => new DamagedArtifact(found.Artifact, found.What!)).ToList();
        return damaged.Count == 0 ? null : new(damaged);
    }
}
