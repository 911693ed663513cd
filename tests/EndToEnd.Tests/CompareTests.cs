using System.Diagnostics;
using System.Text.Json;
namespace Pipelines.Tests.EndToEnd;

public sealed class CompareTests : IDisposable
{
    private readonly SmallProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Two_runs_are_compared_by_parameters()
    {
        Assert.Equal(0, _project.Run("exec", "p.yaml").Code);
        Assert.Equal(0, _project.Run("exec", "p.yaml", "-p", "length=3").Code);
        var ids = _project.Files(".pipelines/v1/runs").Where(file => file.EndsWith(".json", StringComparison.Ordinal)
            && !file.EndsWith(".trace.json", StringComparison.Ordinal) && file.Split('/').Length == 4)
            .OrderBy(file => File.GetLastWriteTimeUtc(Path.Combine(_project.Root, file)))
            .Select(file => Path.GetFileNameWithoutExtension(file)).ToList();

        var result = _project.Run("compare", ids[0]);

        Assert.Equal(0, result.Code);
        Assert.Equal($"{ids[0]} (small) → {ids[1]} (small)\npadded  with.length 4 → 3\n1 stage with differences\n", result.Output);
    }

    [Fact]
    public void Two_revisions_are_compared_by_parameters_data_and_metrics()
    {
        _project.Write("p.yaml", _project.Read("p.yaml") + "  labels: { uses: describe/labels, from: rows }\n");
        Commit();
        _project.Edit("p.yaml", "length: 4", "length: 3");
        _project.Edit("data/validation.csv", "asthme aigu validation 0,J459", "asthme grave validation 0,J460");
        Commit();

        var result = _project.Run("compare", "HEAD~1", "HEAD", "--pipeline", "p.yaml", "--html", "out/c.html");
        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.StartsWith(
            "HEAD~1 (small) → HEAD (small)\nrows    other content: rows.label, rows.text\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("padded  with.length 4 → 3\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("labels  classes  4 → 5  (+1)\n", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("better", result.Output, StringComparison.Ordinal);
        Assert.Contains("with.length", _project.Read("out/c.html"), StringComparison.Ordinal);

        using var json = JsonDocument.Parse(_project.Run("compare", "HEAD~1", "--pipeline", "p.yaml", "--json").Output);
        var padded = json.RootElement.GetProperty("stages").EnumerateArray()
            .Single(stage => stage.GetProperty("id").GetString() == "padded");
        Assert.Equal("3", padded.GetProperty("parameters")[0].GetProperty("after").GetString());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("second").GetProperty("name").ValueKind);
    }

    [Theory]
    [InlineData("HEAD", "error: revision 'HEAD' has no lock file 'p.lock.json'")]
    [InlineData("no-such-branch", "error: git knows no revision 'no-such-branch' here")]
    public void What_a_revision_lacks_is_said(string revision, string expected)
    {
        Git("init", "--quiet");
        Git("add", "p.yaml");
        Git("commit", "--quiet", "--message", "start");

        var result = _project.Run("compare", revision, "--pipeline", "p.yaml");

        Assert.Equal(2, result.Code);
        Assert.StartsWith(expected, result.Error, StringComparison.Ordinal);
    }

    private void Commit()
    {
        Assert.Equal(0, _project.Run("exec", "p.yaml").Code);
        Git("init", "--quiet");
        Git("add", ".");
        Git("commit", "--quiet", "--message", "a run");
    }

    private void Git(params string[] arguments)
    {
        string[] identity = ["-c", "user.name=test", "-c", "user.email=test@example.org"];
        using var git = Process.Start(new ProcessStartInfo("git", [.. identity, .. arguments]) { WorkingDirectory = _project.Root })!;
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
    }

    [Fact]
    public void A_run_that_is_not_there_is_said()
    {
        Assert.Equal(0, _project.Run("exec", "p.yaml").Code);

        var result = _project.Run("compare", "blue-whale");

        Assert.Equal(2, result.Code);
        Assert.StartsWith("error: there is no run 'blue-whale'", result.Error, StringComparison.Ordinal);
    }
}
