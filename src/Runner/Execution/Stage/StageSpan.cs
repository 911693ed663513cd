namespace Pipelines.Runner.Execution;

/// <summary>When a stage was executed in its run, waiting for another process included.</summary>
/// <param name="Started">Since the run began.</param>
/// <param name="Lane">Which of the places side by side it took, counting from 0.</param>
public sealed record StageSpan(TimeSpan Started, TimeSpan Took, int Lane);
