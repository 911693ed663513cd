namespace Pipelines.Runner.Execution;

/// <summary>What the whole process held in memory while a stage ran, with what other stages held there at the time, in bytes.</summary>
/// <param name="Peak">The most it held; of a command with what that and its own commands held.</param>
/// <param name="Before">When the stage began.</param>
public sealed record MemoryUse(long Peak, long Before)
{
    public long Growth => Math.Max(0, Peak - Before);
}
