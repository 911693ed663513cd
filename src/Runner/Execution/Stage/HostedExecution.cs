using System.Diagnostics;
using Pipelines.Runner.Planning;

namespace Pipelines.Runner.Execution;

/// <summary>Has one stage run by the host of the run.</summary>
internal sealed class HostedExecution(RunContext run, PlannedStage stage, Fingerprint fingerprint)
{
    public async Task<ExecutionResult> RunAsync(IStageHost host, CancellationToken cancellation) =>
        await host.RunAsync(new(stage, fingerprint.Hash, run.Events), cancellation).ConfigureAwait(false) switch
        {
            HostedEnd.Committed committed when run.Storage.Artifacts.Find(fingerprint.Hash, fingerprint).Action is { } action =>
                new ExecutionResult.Ran(action) { Hosted = committed.Run, Attempts = committed.Attempts },
            HostedEnd.Committed => Failed(new("the job committed a result that is not there any more", "run again", "")),
            HostedEnd.Failed failed => Failed(failed.Outcome),
            HostedEnd.Left => new ExecutionResult.Interrupted(),
            _ => throw new UnreachableException(),
        };

    private static ExecutionResult.Failed Failed(StageOutcome.Failed outcome) => new(outcome, MayPass: false, StillRuns: false);
}
