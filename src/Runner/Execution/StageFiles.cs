using Pipelines.Runner.Planning;

namespace Pipelines.Runner.Execution;

/// <summary>The files outside the store that a stage's result depends on, by the name of the reason in its fingerprint.</summary>
internal static class StageFiles
{
    private const string Mentioned = "file.";

    /// <summary>Parameters that are files (<c>with.train</c>), and files that words of its command name (<c>file.scripts/enrich.py</c>).</summary>
    public static IEnumerable<(string Reason, string Path)> Of(PlannedStage stage, IInputFiles files)
    {
        foreach (var (name, value) in stage.Values)
            if (value.File is { } path)
                yield return ($"with.{name}", path);
        foreach (var word in MentionedBy(stage, files))
            yield return (Mentioned + word, word);
    }

    public static IEnumerable<string> MentionedBy(PlannedStage stage, IInputFiles files) => stage.Words.Where(files.IsFile);

    public static string ReasonOf(string word) => Mentioned + word;

    /// <summary>The file that a reason is about, or null.</summary>
    public static string? Find(PlannedStage stage, string reason) =>
        reason.StartsWith(Mentioned, StringComparison.Ordinal) ? reason[Mentioned.Length..]
        : reason.StartsWith("with.", StringComparison.Ordinal) ? stage.Values.GetValueOrDefault(reason["with.".Length..])?.File
        : null;
}
