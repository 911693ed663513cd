using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Execution;

/// <summary>How many stages may run side by side: as many as there are jobs, one of them with torch.</summary>
internal sealed class ResourcePools(RunOptions options)
{
    private int _jobs = Math.Max(1, options.Jobs);
    private int _torch = 1;

    public bool AreFull => _jobs == 0;

    public bool TryTake(PlannedStage stage)
    {
        if (AreFull || (NeedsTorch(stage) && _torch == 0))
            return false;
        _jobs--;
        _torch -= NeedsTorch(stage) ? 1 : 0;
        return true;
    }

    public void Give(PlannedStage stage)
    {
        _jobs++;
        _torch += NeedsTorch(stage) ? 1 : 0;
    }

    private static bool NeedsTorch(PlannedStage stage) => stage.Spec.Uses.HasFlag(Uses.Torch);
}
