using Pipelines.Runner.Planning;

namespace Pipelines.Runner.Execution;

/// <summary>The files outside the store that a stage's result depends on, by the name of the reason in its fingerprint.</summary>
internal static class StageFiles
{
    private const string Mentioned = "file.";

    /// <summary>Read from the fingerprint, because a file that was deleted meanwhile can no longer be found on disk.</summary>
    public static IEnumerable<string> Of(PlannedStage stage, Fingerprint fingerprint) =>
        fingerprint.Reasons.Select(reason => Find(stage, reason.Key)).OfType<string>();

    public static IEnumerable<string> MentionedBy(PlannedStage stage, IInputFiles files) =>
        stage.Words.Count == 0 ? [] : stage.Words.Where(files.IsFile);

    public static string ReasonOf(string word) => Mentioned + word;

    /// <summary>The file that a reason is about, or null.</summary>
    public static string? Find(PlannedStage stage, string reason) =>
        reason.StartsWith(Mentioned, StringComparison.Ordinal) ? reason[Mentioned.Length..]
        : reason.StartsWith("with.", StringComparison.Ordinal) ? stage.Values.GetValueOrDefault(reason["with.".Length..])?.File
        : null;
}
