using Pipelines.Runner.Planning;

namespace Pipelines.Runner.Execution;

/// <summary>A stage took longer than its <c>timeout</c>.</summary>
/// <param name="hasStopped">False: it did not heed its cancellation, and still runs.</param>
internal sealed class StageTimeoutException(TimeSpan timeout, bool hasStopped)
    : Exception($"it took longer than its timeout of {DurationText.Of(timeout)}{(hasStopped ? "" : ", and did not stop when asked to")}")
{
    public bool HasStopped => hasStopped;

    public string Help => hasStopped
        ? "raise 'timeout' or give the stage less to do; what it saved so far is kept, and the next run goes on from there"
        : "raise 'timeout' or give the stage less to do; it is left behind and ends with the program";
}
