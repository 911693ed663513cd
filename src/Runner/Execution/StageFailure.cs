using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Execution;

/// <summary>An exception out of a stage, in words for the user.</summary>
internal static class StageFailure
{
    private const int NoSpaceUnix = 28;
    private const int QuotaUnix = 122;
    private const int NoSpaceWindows = unchecked((int)0x80070070);

    /// <summary>Whether trying again without any change may help.</summary>
    public static bool MayPass(Exception error) => error switch
    {
        StageException mendable => mendable.MayPass,
        StageTimeoutException => true,
        FileNotFoundException or DirectoryNotFoundException or DriveNotFoundException or PathTooLongException or EndOfStreamException => false,
        IOException { HResult: NoSpaceUnix or NoSpaceWindows or QuotaUnix } => false,
        _ => error is IOException,
    };

    public static StageOutcome.Failed Of(Exception error, PlannedStage stage, string logPath) => error switch
    {
        StageException mendable => new(
            SourceNames.In(stage, mendable.Message), mendable.Help is { } help ? SourceNames.In(stage, help) : null, logPath)
        {
            At = mendable.Parameter is { } parameter ? stage.PlaceOf($"with.{parameter}") : stage.At,
            Details = mendable.Details,
        },
        StorageException storage => new(storage.Message, storage.Help, logPath) { At = stage.At },
        StageTimeoutException timeout => new(timeout.Message, timeout.Help, logPath) { At = stage.Places.GetValueOrDefault("timeout", stage.At) },
        IOException { HResult: NoSpaceUnix or NoSpaceWindows or QuotaUnix } => new(
            "the disk is full", "free some space and run again: what is done is kept", logPath)
        { At = stage.At },
        IOException when MayPass(error) => new(error.Message, $"this may pass: run again, or let 'retries: 3' do so; details are in {logPath}", logPath) { At = stage.At },
        _ => new($"internal error in stage kind {stage.Spec.Kind}: {error.Message}", $"the stack trace is in {logPath}", logPath) { At = stage.At },
    };
}
