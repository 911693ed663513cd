namespace Pipelines.Runner.Execution;

/// <summary>What a run leaves behind.</summary>
internal enum RunEnd
{
    AllStopped,

    /// <summary>A stage did not stop at its timeout; it ends with the process.</summary>
    SomeStillRun,
}
