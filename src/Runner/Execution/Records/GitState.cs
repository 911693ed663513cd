using System.Text.RegularExpressions;
using LibGit2Sharp;

namespace Pipelines.Runner.Execution;

/// <param name="Commit">Null outside a work tree.</param>
/// <param name="Dirty">Whether tracked files differ from the commit; null when nobody asked, or nobody can tell.</param>
internal sealed partial record GitState(string? Commit, bool? Dirty)
{
    private const int MaxRefBytes = 1 << 16;

    /// <param name="thorough">Also compares the work tree with the commit, which takes some milliseconds.</param>
    public static GitState Of(string folder, bool thorough)
    {
        var commit = FindGit(folder) is { } git ? Head(git) : null;
        return new(commit, commit is not null && thorough ? IsDirty(folder) : null);
    }

    private static string? FindGit(string? folder)
    {
        for (; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var git = Path.Combine(folder, ".git");
            if (Directory.Exists(git))
                return git;
            // A linked work tree has a file that names its folder.
            if (ReadLine(git) is ['g', 'i', 't', 'd', 'i', 'r', ':', .. var linked])
                return Path.GetFullPath(linked.Trim(), folder);
        }
        return null;
    }

    // The files of a repository come from whoever made it: what they give is a commit, or it is not shown.
    private static string? Head(string git)
    {
        var head = ReadLine(Path.Combine(git, "HEAD"));
        if (head is null || !head.StartsWith("ref: ", StringComparison.Ordinal))
            return AsCommit(head);
        var name = head[5..];
        if (!RefName().IsMatch(name))
            return null;
        var common = ReadLine(Path.Combine(git, "commondir")) is { } path ? Path.GetFullPath(path, git) : git;
        var found = ReadLine(Path.Combine(git, name)) ?? ReadLine(Path.Combine(common, name))
            ?? Packed(Path.Combine(common, "packed-refs"), name);
        return AsCommit(found);
    }

    private static string? Packed(string file, string name) => FileStamp.IsFile(file)
        ? File.ReadLines(file).Select(line => line.Split(' ', 2)).FirstOrDefault(parts => parts.Length == 2 && parts[1] == name)?[0]
        : null;

    private static string? ReadLine(string file) =>
        FileStamp.IsFile(file) && new FileInfo(file).Length <= MaxRefBytes ? File.ReadAllText(file).Trim() : null;

    private static string? AsCommit(string? text) => text is not null && CommitId().IsMatch(text) ? text : null;

    // Never by starting git: a repository's own configuration names programs that git would run (core.fsmonitor, filters).
    private static bool? IsDirty(string folder)
    {
        try
        {
            using var repository = new Repository(Repository.Discover(folder));
            return repository.RetrieveStatus(new StatusOptions { IncludeUntracked = false, ExcludeSubmodules = true }).IsDirty;
        }
        catch (LibGit2SharpException)
        {
            // Of another owner, damaged, or of a later format: then nobody knows.
            return null;
        }
    }

    [GeneratedRegex("^([0-9a-f]{40}|[0-9a-f]{64})$")]
    private static partial Regex CommitId();

    [GeneratedRegex(@"^refs(/(?!\.)[\w.+@=-]+)+$")]
    private static partial Regex RefName();
}
