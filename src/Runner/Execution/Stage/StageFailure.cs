using System.Globalization;
using System.Runtime.InteropServices;
using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Execution;

/// <summary>An exception out of a stage, in words for the user.</summary>
internal static class StageFailure
{
    public const string HelpWhenFull = "free some space and run again: what is done is kept";
    private static readonly string[] MemoryWords = ["can't allocate memory", "not enough memory", "out of memory"];
    private const int NoSpaceUnix = 28;
    private const int QuotaUnix = 122;
    private const int NoSpaceWindows = unchecked((int)0x80070070);

    public static bool IsDiskFull(IOException error) => error.HResult is NoSpaceUnix or NoSpaceWindows or QuotaUnix;

    // Native libraries, libtorch above all, throw what only their words tell apart.
    private static bool IsOutOfMemory(Exception error) => error is OutOfMemoryException
        || (error is ExternalException && MemoryWords.Any(words => error.Message.Contains(words, StringComparison.OrdinalIgnoreCase)));

    /// <param name="written">Bytes that the stage has written so far.</param>
    public static StorageException DiskFull(IOException error, long written, string folder) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"the disk is full: the stage has written {written:N0} bytes and needs more, "
            + $"{new DriveInfo(folder).AvailableFreeSpace:N0} are free in {folder}"),
        error)
    {
        Help = HelpWhenFull,
    };

    /// <summary>Whether trying again without any change may help.</summary>
    public static bool MayPass(Exception error) => error switch
    {
        StageException mendable => mendable.MayPass,
        StageTimeoutException => true,
        FileNotFoundException or DirectoryNotFoundException or DriveNotFoundException or PathTooLongException or EndOfStreamException =>
            false,
        IOException full when IsDiskFull(full) => false,
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
        StageTimeoutException timeout => new(timeout.Message, timeout.Help, logPath) { At = stage.PlaceOf("timeout") },
        _ when IsOutOfMemory(error) => new(
            "there is not enough memory for this stage", "smaller sizes (units, batch, length, steps) or fewer rows need less", logPath)
        {
            At = stage.At,
        },
        DirectoryNotFoundException or FileNotFoundException { FileName: ['/', ..] } => new(
            $"what was there when the run began is gone: {error.Message}",
            $"was it, or the folder of the project, renamed or removed? run again where it is now: what is done is kept; see {logPath}",
            logPath)
        {
            At = stage.At,
        },
        IOException full when IsDiskFull(full) => new($"the disk is full: {full.Message}", HelpWhenFull, logPath) { At = stage.At },
        IOException when MayPass(error) =>
            new(error.Message, $"this may pass: run again, or let 'retries: 3' do so; details are in {logPath}", logPath) { At = stage.At },
        _ => new($"internal error in stage kind {stage.Spec.Kind}: {error.Message}", $"the stack trace is in {logPath}", logPath)
        {
            At = stage.At,
        },
    };
}
