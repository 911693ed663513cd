using System.Runtime.Versioning;

namespace Pipelines.Tests.EndToEnd;

/// <summary>Programs, configurations and files that somebody else's project brings.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class StrangersProjectTests : StrangersProject
{
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
        Project.Run("exec", "p.yaml");
        Git("add", "-A");
        Git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "first");
        Project.Write(".gitattributes", attributes);
        Git("config", key, Script("spy"));
        Project.Edit("data/test.csv", "asthme", "Asthme");

        RunAll();
        var compared = Project.Run("compare", "HEAD", "--pipeline", "p.yaml");

        Assert.Equal((0, ""), (compared.Code, compared.Error));
        Assert.False(File.Exists(Marker), key);
    }

    [Fact]
    public void A_bare_repository_inside_a_clone_is_not_asked()
    {
        Git("init", "-q", "--bare", "inner");
        File.AppendAllText(
            Path.Combine(Project.Root, "inner", "config"), $"[core]\n\tbare = false\n\tworktree = ..\n\tfsmonitor = {Script("spy")}\n");
        foreach (var file in new[] { "p.yaml", "data/train.csv", "data/validation.csv", "data/test.csv" })
            Project.Write($"inner/{file}", Project.Read(file));

        foreach (var command in Commands)
            Runner.Run(Path.Combine(Project.Root, "inner"), command);

        Assert.False(File.Exists(Marker));
    }

    [Fact]
    public void Slurm_is_not_taken_from_the_working_folder()
    {
        foreach (var program in new[] { "sinfo", "sbatch", "squeue", "scancel" })
            Script(program);

        var result = Runner.Wait(Runner.Start(
            Project.Root, "", new Dictionary<string, string> { ["PATH"] = "/nowhere" }, ["exec", "p.yaml", "--on", "slurm"]));

        Assert.Equal(2, result.Code);
        Assert.Contains("there is no program 'sinfo'", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Marker));
    }

    [Fact]
    public void Profiles_from_elsewhere_are_not_shown()
    {
        Link("profiles.yaml", Outside("answers.md"));

        var result = Project.Run("exec", "p.yaml", "--on", "gpu");

        Assert.Equal(2, result.Code);
        Assert.Contains("'profiles.yaml' is not read: it lies outside the project", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, result.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public void Pipes_beside_pipeline_and_data_do_not_hold_it_up()
    {
        Pipe("profiles.yaml");
        Pipe("data/source.yaml");

        Assert.Contains("it is a pipe or a device", Project.Run("exec", "p.yaml", "--on", "gpu").Error, StringComparison.Ordinal);
        Assert.Equal(0, Project.Run("exec", "p.yaml").Code);
    }

    [Fact]
    public void A_file_among_the_templates_that_is_a_link_is_not_followed()
    {
        Link("mine/theme.css", Outside("answers.md"));
        Project.Write("p.yaml", Project.Read("p.yaml") + "report: { template: ./mine }\n");

        var result = Project.Run("exec", "p.yaml");

        Assert.NotEqual(0, result.Code);
        Assert.Contains("is a link that leads out of its folder", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, result.Everything, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("template: ../../base", "A template is named")]
    [InlineData("template: /etc/passwd", "A template is named")]
    [InlineData("template: partials/table", "there is no folder")]
    [InlineData("template: ./linked", "lies outside the project")]
    [InlineData("answers: OUTSIDE/answers.md", "lies outside the project")]
    [InlineData("answers: link.md", "lies outside the project")]
    [InlineData("answers: linked/answers.md", "lies outside the project")]
    public void A_report_is_made_of_files_of_theProject(string setting, string expected)
    {
        Link("link.md", Outside("answers.md"));
        Link("linked", OutsideFolder);
        Project.Write("p.yaml",
            Project.Read("p.yaml") + $"report: {{ {setting.Replace("OUTSIDE", OutsideFolder, StringComparison.Ordinal)} }}\n");

        var result = Project.Run("exec", "p.yaml");

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
    public void A_pipeline_extends_files_of_theProject(string path, string expected)
    {
        Link("link.yaml", Outside("base.yaml"));
        Pipe("pipe");
        Project.Write("p.yaml", $"extends: {path.Replace("OUTSIDE", OutsideFolder, StringComparison.Ordinal)}\n" + Project.Read("p.yaml"));

        var result = Project.Run("validate", "p.yaml");

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
        Project.Write(".git/HEAD", "ref: refs/heads/main");
        Project.Write($".git/{file}", content.Replace("OUTSIDE", OutsideFolder, StringComparison.Ordinal));

        Assert.Equal(0, Project.Run("exec", "p.yaml").Code);

        Assert.DoesNotContain(Secret, Project.Read("reports/small.html"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pipe_is_no_pipeline_file()
    {
        Pipe("pipe.yaml");

        Assert.Contains("it is a pipe or a device", Project.Run("exec", "pipe.yaml").Error, StringComparison.Ordinal);
    }
}
