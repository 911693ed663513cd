using System.Text.Json;

namespace Pipelines.Tests.EndToEnd;

public sealed class CommandTests : IDisposable
{
    private readonly SmallProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void A_trained_pipeline_predicts_shows_and_lists()
    {
        Assert.Equal(0, _project.Run("exec", "t.yaml").Code);
        Assert.Contains(" %  asthme aigu", _project.Run("predict", "t.yaml", "asthme aigu").Output, StringComparison.Ordinal);
        var lines = Runner.RunWithInput(_project.Root, "asthme aigu\n\nfracture\nquit\nnot read\n", "predict", "t.yaml");
        Assert.Equal(0, lines.Code);
        Assert.Equal(2, lines.Output.Split('\n').Count(line => line.Contains(" %  ", StringComparison.Ordinal)));
        Assert.Contains("test.exact_match", _project.Run("show", "t.yaml", "scores", "--port", "metrics").Output, StringComparison.Ordinal);
        Assert.Contains("64 rows", _project.Run("show", "t.yaml", "rows", "--rows", "2").Output, StringComparison.Ordinal);
        Assert.Contains("trained", _project.Run("runs").Output, StringComparison.Ordinal);
        Assert.Contains("t.yaml  up to date, 7 stages", _project.Run("status", "t.yaml").Output, StringComparison.Ordinal);
        Assert.Contains("report: reports/trained.html", _project.Run("report", "t.yaml").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_is_one_object_a_line()
    {
        var result = _project.Run("exec", "p.yaml", "--json");
        var events = result.Output.TrimEnd().Split('\n')
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("event").GetString()).ToArray();
        Assert.Equal("run-started", events[0]);
        Assert.Equal("run-finished", events[^1]);
        Assert.Equal(4, events.Count(name => name == "stage-finished"));
    }

    [Theory]
    [InlineData("exec")]
    [InlineData("validate")]
    public void Json_tells_what_is_wrong_as_events_too(string command)
    {
        _project.Edit("p.yaml", "{ length:", "{ lenght:");
        var result = _project.Run(command, "p.yaml", "--json");

        Assert.Equal(2, result.Code);
        using var json = JsonDocument.Parse(result.Output.Split('\n')[0]);
        Assert.Equal("diagnostic", json.RootElement.GetProperty("event").GetString());
        Assert.Equal("unknown-parameter", json.RootElement.GetProperty("code").GetString());
        Assert.Equal("p.yaml", json.RootElement.GetProperty("file").GetString());
        Assert.True(json.RootElement.GetProperty("line").GetInt32() > 1);
        Assert.Contains("lenght", result.Error, StringComparison.Ordinal);
        using var usage = JsonDocument.Parse(_project.Run("exec", "none.yaml", "--json").Output);
        Assert.Equal("error", usage.RootElement.GetProperty("event").GetString());
    }

    [Theory]
    [InlineData("pipelines lock 2", "a later version")]
    [InlineData("packages 1", "is no lock file")]
    public void A_lock_file_of_another_is_left_as_it_is(string format, string expected)
    {
        var path = Path.Combine(_project.Root, "p.lock.json");
        var content = $$"""{"format": "{{format}}"}""";
        File.WriteAllText(path, content);
        var result = _project.Run("exec", "p.yaml");

        Assert.Equal(0, result.Code);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(path));
        File.WriteAllText(path, "<<<<<<< HEAD\n" + content);
        Assert.Equal("", _project.Run("exec", "p.yaml").Error);
        Assert.Contains("pipelines lock 1", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("validate p.yaml", "p.yaml: valid, 4 stages")]
    [InlineData("validate p.yaml --json", """{"event":"valid","file":"p.yaml","stages":4}""")]
    [InlineData("status p.yaml", "4 of 4 stages to run")]
    [InlineData("graph p.yaml", "rows")]
    [InlineData("graph p.yaml --format dot", "digraph")]
    [InlineData("graph p.yaml --format svg", "http://www.w3.org/2000/svg")]
    [InlineData("graph p.yaml --format svg -o g/p.svg", "wrote g/p.svg")]
    [InlineData("stages", "train/seq2seq")]
    [InlineData("stages pad", "truncating")]
    [InlineData("schema -o -", "\"tokenize/words\"")]
    [InlineData("runs", "no runs yet")]
    [InlineData("--help", "exec")]
    public void Commands_say_what_they_are_for(string arguments, string expected)
    {
        var result = _project.Run(arguments.Split(' '));
        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Contains(expected, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_project_is_valid_at_once()
    {
        Assert.Equal(0, _project.Run("init", "new").Code);
        var result = Runner.Run(Path.Combine(_project.Root, "new"), "validate", "pipelines/icd10-letter.yaml");
        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Equal(2, _project.Run("init", "new").Code);
    }

    [Fact]
    public void The_doctor_finds_everything_it_needs()
    {
        var result = _project.Run("doctor");
        Assert.Equal(0, result.Code);
        Assert.Contains("✓ torch", result.Output, StringComparison.Ordinal);
    }
}
