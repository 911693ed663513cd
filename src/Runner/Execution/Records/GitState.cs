using System.ComponentModel;
using System.Diagnostics;

namespace Pipelines.Runner.Execution;

/// <param name="Commit">Null outside a work tree.</param>
/// <param name="Dirty">Whether tracked files differ from the commit; null when nobody asked.</param>
internal sealed record GitState(string? Commit, bool? Dirty)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <param name="thorough">Also asks git itself, which takes some milliseconds, whether the work tree is clean.</param>
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
            if (File.Exists(git) && File.ReadAllText(git).Trim() is ['g', 'i', 't', 'd', 'i', 'r', ':', .. var linked])
                return Path.GetFullPath(linked.Trim(), folder);
        }
        return null;
    }

    private static string? Head(string git)
    {
        var head = ReadLine(Path.Combine(git, "HEAD"));
        if (head is null || !head.StartsWith("ref: ", StringComparison.Ordinal))
            return head;
        var name = head[5..];
        var common = ReadLine(Path.Combine(git, "commondir")) is { } path ? Path.GetFullPath(path, git) : git;
        return ReadLine(Path.Combine(git, name)) ?? ReadLine(Path.Combine(common, name))
            ?? Packed(Path.Combine(common, "packed-refs"), name);
    }

    private static string? Packed(string file, string name) => File.Exists(file)
        ? File.ReadLines(file).Select(line => line.Split(' ', 2)).FirstOrDefault(parts => parts.Length == 2 && parts[1] == name)?[0]
        : null;

    private static string? ReadLine(string file) => File.Exists(file) ? File.ReadAllText(file).Trim() : null;

    private static bool? IsDirty(string folder)
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["status", "--porcelain", "--untracked-files=no"])
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var output = git.StandardOutput.ReadToEndAsync();
            if (git.WaitForExit(Patience))
                return git.ExitCode == 0 ? output.GetAwaiter().GetResult().Length > 0 : null;
            git.Kill();
            return null;
        }
        catch (Win32Exception)
        {
            // Without git nobody knows whether the work tree is clean.
            return null;
        }
    }
}
