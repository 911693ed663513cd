using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;
using Pipelines.Stages.Contracts;

namespace Pipelines.Tests.EndToEnd;

/// <summary>
/// A clone of somebody else's project, without commands and plug-ins: nothing of it is executed, and nothing outside is written, deleted
/// or shown.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class StrangersProjectTests : IDisposable
{
    private const string Secret = "secret of another folder";

    private static readonly string[][] Commands =
    [
        ["validate", "p.yaml"], ["plan", "p.yaml"], ["exec", "p.yaml"], ["report", "p.yaml"], ["status", "p.yaml"], ["runs"],
        ["cache", "list"], ["cache", "verify", "--evict"], ["cache", "gc"],
    ];

    private readonly SmallProject _project = new();
    private readonly string _outside = Directory.CreateTempSubdirectory("outside").FullName;

    public StrangersProjectTests()
    {
        foreach (var path in new[] { "kept.txt", "folder/kept.txt", $"{new string('a', 32)}/kept.txt", "answers.md", "base.yaml" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Outside(path))!);
            File.WriteAllText(Outside(path), $"title: {Secret}\n");
        }
    }

    public void Dispose()
    {
        _project.Dispose();
        Directory.Delete(_outside, recursive: true);
    }

    [Fact]
    public void A_program_named_git_in_the_folder_is_not_run()
    {
        Git("init", "-q");
        Script("git");
        RunAll();
        Assert.False(File.Exists(Marker));
    }

    [Theory]
    [InlineData("core.fsmonitor", "")]
    [InlineData("filter.spy.clean", "*.csv filter=spy\n*.yaml filter=spy\n")]
    [InlineData("filter.spy.process", "*.csv filter=spy\n")]
    [InlineData("diff.spy.textconv", "*.json diff=spy\n*.yaml diff=spy\n")]
    [InlineData("core.pager", "")]
    [InlineData("alias.status", "")]
    public void Programs_that_the_repository_configures_are_not_run(string key, string attributes)
    {
        Git("init", "-q");
        _project.Run("exec", "p.yaml");
        Git("add", "-A");
        Git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "first");
        _project.Write(".gitattributes", attributes);
        Git("config", key, Script("spy"));
        _project.Edit("data/test.csv", "asthme", "Asthme");

        RunAll();
        var compared = _project.Run("compare", "HEAD", "--pipeline", "p.yaml");

        Assert.Equal((0, ""), (compared.Code, compared.Error));
        Assert.False(File.Exists(Marker), key);
    }

    [Fact]
    public void A_bare_repository_inside_a_clone_is_not_asked()
    {
        Git("init", "-q", "--bare", "inner");
        File.AppendAllText(
            Path.Combine(_project.Root, "inner", "config"), $"[core]\n\tbare = false\n\tworktree = ..\n\tfsmonitor = {Script("spy")}\n");
        foreach (var file in new[] { "p.yaml", "data/train.csv", "data/validation.csv", "data/test.csv" })
            _project.Write($"inner/{file}", _project.Read(file));

        foreach (var command in Commands)
            Runner.Run(Path.Combine(_project.Root, "inner"), command);

        Assert.False(File.Exists(Marker));
    }

    [Theory]
    [InlineData(".pipelines")]
    [InlineData(".pipelines/v1")]
    [InlineData(".pipelines/v1/tmp")]
    [InlineData(".pipelines/v1/objects")]
    [InlineData(".pipelines/v1/actions")]
    [InlineData(".pipelines/v1/work")]
    [InlineData(".pipelines/v1/locks")]
    [InlineData(".pipelines/v1/runs")]
    [InlineData(".pipelines/v1/runs/last")]
    [InlineData("reports")]
    [InlineData("reports/small")]
    [InlineData("reports/small/tables")]
    public void A_folder_of_results_that_is_a_link_is_not_followed(string folder)
    {
        var before = Everything();
        Link(folder, _outside);

        var results = RunAll();

        Assert.Contains(results, result => result.Error.Contains("is a link, and is not followed", StringComparison.Ordinal));
        Assert.Equal(before, Everything());
    }

    [Theory]
    [InlineData("objects")]
    [InlineData("actions")]
    [InlineData("locks")]
    public void A_folder_inside_those_that_is_a_link_is_not_followed(string folder)
    {
        var before = Everything();
        foreach (var prefix in Enumerable.Range(0, 256))
            Link($".pipelines/v1/{folder}/{prefix:x2}", _outside);

        RunAll();

        Assert.Equal(before, Everything());
    }

    [Fact]
    public void Locks_and_working_folders_of_a_stage_that_are_links_are_not_followed()
    {
        Assert.Equal(0, _project.Run("exec", "p.yaml").Code);
        var fingerprints = _project.Files(".pipelines/v1/actions").Select(Path.GetFileNameWithoutExtension).ToList();
        Directory.Delete(Path.Combine(_project.Root, ".pipelines/v1/actions"), recursive: true);
        Directory.Delete(Path.Combine(_project.Root, ".pipelines/v1/locks"), recursive: true);
        var before = Everything();
        foreach (var fingerprint in fingerprints)
        {
            Link($".pipelines/v1/locks/{fingerprint![..2]}/{fingerprint}", Outside("kept.txt"));
            Link($".pipelines/v1/work/{fingerprint}", _outside);
        }

        RunAll();

        Assert.Equal(before, Everything());
    }

    [Fact]
    public void What_else_lies_in_the_store_is_left_alone()
    {
        _project.Write(".pipelines/v1/tmp/photos/1.txt", "mine");
        _project.Write(".pipelines/v1/objects/@eaDir/a/1.txt", "mine");
        _project.Write(".pipelines/v1/actions/ab/notes.json", "mine");

        Assert.All(RunAll(), result => Assert.Equal((0, ""), (result.Code, result.Error)));

        Assert.Equal("mine", _project.Read(".pipelines/v1/tmp/photos/1.txt"));
        Assert.Equal("mine", _project.Read(".pipelines/v1/objects/@eaDir/a/1.txt"));
    }

    [Theory]
    [InlineData("\"id\": \"", "../../../../../outside")]
    [InlineData("\"name\": \"", "../../../../../outside")]
    public void A_hash_or_a_file_name_of_a_result_that_is_a_path_is_no_result(string member, string path)
    {
        Assert.Equal(0, _project.Run("exec", "p.yaml").Code);
        foreach (var file in _project.Files(".pipelines/v1/actions"))
            Forge(Path.Combine(_project.Root, file), member, path.PadRight(64, 'x'));

        var result = _project.Run("exec", "p.yaml");

        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Equal(["codes", "padded", "rows", "words"], result.Ran);
        Assert.Contains("unreadable action file", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("template: ../../base", "A template is named")]
    [InlineData("template: /etc/passwd", "A template is named")]
    [InlineData("template: partials/table", "there is no folder")]
    [InlineData("template: ./linked", "lies outside the project")]
    [InlineData("answers: OUTSIDE/answers.md", "lies outside the project")]
    [InlineData("answers: link.md", "lies outside the project")]
    [InlineData("answers: linked/answers.md", "lies outside the project")]
    public void A_report_is_made_of_files_of_the_project(string setting, string expected)
    {
        Link("link.md", Outside("answers.md"));
        Link("linked", _outside);
        _project.Write("p.yaml",
            _project.Read("p.yaml") + $"report: {{ {setting.Replace("OUTSIDE", _outside, StringComparison.Ordinal)} }}\n");

        var result = _project.Run("exec", "p.yaml");

        Assert.Equal(2, result.Code);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, result.Everything, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OUTSIDE/base.yaml", "lies outside the project")]
    [InlineData("link.yaml", "lies outside the project")]
    [InlineData("/proc/self/environ", "lies outside the project")]
    [InlineData("/etc/passwd", "lies outside the project")]
    [InlineData("pipe", "it is a pipe or a device")]
    public void A_pipeline_extends_files_of_the_project(string path, string expected)
    {
        Link("link.yaml", Outside("base.yaml"));
        Pipe("pipe");
        _project.Write("p.yaml", $"extends: {path.Replace("OUTSIDE", _outside, StringComparison.Ordinal)}\n" + _project.Read("p.yaml"));

        var result = _project.Run("validate", "p.yaml");

        Assert.Equal(2, result.Code);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, result.Everything, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HEAD", "ref: OUTSIDE/kept.txt")]
    [InlineData("HEAD", "ref: refs/../../../../OUTSIDE/kept.txt")]
    [InlineData("HEAD", Secret)]
    [InlineData("refs/heads/main", Secret)]
    public void The_commit_of_a_report_is_a_commit(string file, string content)
    {
        _project.Write(".git/HEAD", "ref: refs/heads/main");
        _project.Write($".git/{file}", content.Replace("OUTSIDE", _outside, StringComparison.Ordinal));

        Assert.Equal(0, _project.Run("exec", "p.yaml").Code);

        Assert.DoesNotContain(Secret, _project.Read("reports/small.html"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pipe_is_no_pipeline_file()
    {
        Pipe("pipe.yaml");

        Assert.Contains("it is a pipe or a device", _project.Run("exec", "pipe.yaml").Error, StringComparison.Ordinal);
    }

    private string Marker => Path.Combine(_project.Root, "executed");

    private string Outside(string path) => Path.Combine(_outside, path);

    private List<Result> RunAll() => [.. Commands.Select(command => _project.Run(command))];

    private string Everything() => string.Join('\n', Directory.EnumerateFiles(_outside, "*", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal).Select(path => $"{path} {File.ReadAllText(path)}"));

    private void Link(string path, string target)
    {
        var link = Path.Combine(_project.Root, path);
        if (Directory.Exists(link))
            Directory.Delete(link, recursive: true);
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        File.CreateSymbolicLink(link, target);
    }

    private string Script(string name)
    {
        var path = Path.Combine(_project.Root, name);
        File.WriteAllText(path, $"#!/bin/sh\ntouch '{Marker}'\ncat\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    private void Pipe(string path) => Start("/usr/bin/mkfifo", path);

    private void Git(params string[] arguments) => Start("/usr/bin/git", arguments);

    private void Start(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = _project.Root })!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    // With a checksum that is right, as a stranger would write it.
    private static void Forge(string file, string member, string value)
    {
        var text = File.ReadAllText(file);
        var start = text.LastIndexOf(member, StringComparison.Ordinal) + member.Length;
        text = text[..start] + value + text[text.IndexOf('"', start)..];
        var body = text[..text.IndexOf(",\n  \"checksum\"", StringComparison.Ordinal)];
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(file, $"{body},\n  \"checksum\": \"{ContentHash.Of(Encoding.UTF8.GetBytes(body)).Hex}\"\n}}\n");
    }
}
