using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Execution;

/// <summary>An exception out of a stage, in words for the user.</summary>
internal static class StageFailure
{
    private const int NoSpaceUnix = 28;
    private const int NoSpaceWindows = unchecked((int)0x80070070);

    public static StageOutcome.Failed Of(Exception error, PlannedStage stage, string logPath) => error switch
    {
        StageException mendable => new(mendable.Message, mendable.Help, logPath)
        {
            At = mendable.Parameter is { } parameter ? stage.PlaceOf($"with.{parameter}") : stage.At,
        },
        StorageException storage => new(storage.Message, storage.Help, logPath) { At = stage.At },
        IOException { HResult: NoSpaceUnix or NoSpaceWindows } => new(
            "the disk is full", "free some space and run again: what is done is kept", logPath)
        { At = stage.At },
        _ => new($"internal error in stage kind {stage.Spec.Kind}: {error.Message}", $"the stack trace is in {logPath}", logPath) { At = stage.At },
    };
}
