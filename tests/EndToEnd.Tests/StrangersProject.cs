using System.Diagnostics;
using System.Runtime.Versioning;

namespace Pipelines.Tests.EndToEnd;

/// <summary>
/// A clone of somebody else's project, without commands and plug-ins: nothing of it is executed, and nothing outside is written, deleted
/// or shown.
/// </summary>
[UnsupportedOSPlatform("windows")]
public abstract class StrangersProject : IDisposable
{
    protected const string Secret = "secret of another folder";

    protected static readonly string[][] Commands =
    [
        ["validate", "p.yaml"], ["plan", "p.yaml"], ["exec", "p.yaml"], ["report", "p.yaml"], ["status", "p.yaml"], ["runs"],
        ["cache", "list"], ["cache", "verify", "--evict"], ["cache", "gc"],
    ];

    private protected SmallProject Project { get; } = new();

    protected string OutsideFolder { get; } = Directory.CreateTempSubdirectory("outside").FullName;

    protected StrangersProject()
    {
        foreach (var path in new[] { "kept.txt", "folder/kept.txt", $"{new string('a', 32)}/kept.txt", "answers.md", "base.yaml" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Outside(path))!);
            File.WriteAllText(Outside(path), $"title: {Secret}\n");
        }
    }

    public void Dispose()
    {
        Project.Dispose();
        Directory.Delete(OutsideFolder, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected string Marker => Path.Combine(Project.Root, "executed");

    protected string Outside(string path) => Path.Combine(OutsideFolder, path);

    private protected List<Result> RunAll() => [.. Commands.Select(command => Project.Run(command))];

    protected string Everything() => string.Join('\n', Directory.EnumerateFiles(OutsideFolder, "*", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal).Select(path => $"{path} {File.ReadAllText(path)}"));

    protected void Link(string path, string target)
    {
        var link = Path.Combine(Project.Root, path);
        if (Directory.Exists(link))
            Directory.Delete(link, recursive: true);
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        File.CreateSymbolicLink(link, target);
    }

    protected string Script(string name)
    {
        var path = Path.Combine(Project.Root, name);
        File.WriteAllText(path, $"#!/bin/sh\n: >'{Marker}'\ncat\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    protected void Pipe(string path) => Start("/usr/bin/mkfifo", path);

    protected void Git(params string[] arguments) => Start("/usr/bin/git", arguments);

    private void Start(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = Project.Root })!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
