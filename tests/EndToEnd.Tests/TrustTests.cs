using System.Diagnostics;
using System.Globalization;

namespace Pipelines.Tests.EndToEnd;

public sealed class TrustTests : IDisposable
{
    private readonly SmallProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Two_folders_give_the_same_bytes()
    {
        using var other = new SmallProject();
        foreach (var project in new[] { _project, other })
            Assert.Equal(0, project.Run("exec", "t.yaml").Code);
        Assert.Equal(_project.Files(".pipelines/v1/objects"), other.Files(".pipelines/v1/objects"));
        Assert.Equal(_project.Read("reports/trained/metrics.json"), other.Read("reports/trained/metrics.json"));
    }

    [Fact]
    public void A_damaged_table_is_made_again_and_the_reason_said()
    {
        Assert.Equal(0, _project.Run("exec", "p.yaml").Code);
        foreach (var file in _project.Files(".pipelines/v1/objects").Where(file => file.EndsWith("rows.parquet", StringComparison.Ordinal)))
            Truncate(Path.Combine(_project.Root, file));
        var result = _project.Run("exec", "p.yaml", "-p", "length=3");
        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Contains("damaged", result.Output, StringComparison.Ordinal);
        Assert.Contains("padded", result.Ran);
    }

    [Fact]
    public void A_truncated_action_file_is_a_miss()
    {
        Assert.Equal(0, _project.Run("exec", "p.yaml").Code);
        foreach (var file in _project.Files(".pipelines/v1/actions"))
            Truncate(Path.Combine(_project.Root, file));
        var result = _project.Run("exec", "p.yaml");
        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Equal(["codes", "padded", "rows", "words"], result.Ran);
    }

    [Fact]
    public void A_killed_run_loses_nothing_and_blocks_nothing()
    {
        foreach (var milliseconds in new[] { 120, 250, 400, 700 })
        {
            using var process = Runner.Start(_project.Root, "", "exec", "t.yaml", "--set",
                string.Create(CultureInfo.InvariantCulture, $"stages.padded.with.length={3 + milliseconds / 100}"));
            Thread.Sleep(milliseconds);
            process.Kill();
            process.WaitForExit();
        }
        var result = _project.Run("exec", "t.yaml");
        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Empty(_project.Run("exec", "t.yaml").Ran);
    }

    [Fact]
    public void An_interrupt_ends_with_130_and_the_next_run_goes_on()
    {
        using var process = Runner.Start(_project.Root, "", "exec", "t.yaml", "--set", "stages.model.with.epochs=100000");
        WaitForTraining(process);
        // As Ctrl-C; a shell that started the tests in the background has SIGINT ignored for all of them.
        Runner.Signal(process, "TERM");
        var result = Runner.Wait(process);
        Assert.Equal(130, result.Code);
        Assert.Contains("interrupted", result.Output, StringComparison.Ordinal);
        Assert.Equal(0, _project.Run("exec", "t.yaml").Code);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public void Processes_that_run_at_once_share_one_store(int count)
    {
        var processes = Enumerable.Range(0, count).Select(_ => Runner.Start(_project.Root, "", "exec", "t.yaml")).ToList();
        var results = processes.ConvertAll(process => Runner.Wait(process));
        Assert.All(results, result => Assert.Equal((0, ""), (result.Code, result.Error)));
        // Every stage ran in one of them and was reused in the others.
        Assert.Equal(7, results.Sum(result => result.Ran.Count));
        Assert.Equal(7, results.SelectMany(result => result.Ran).Distinct().Count());
        Assert.Equal(0, _project.Run("cache", "verify").Code);
        Assert.Equal(0, _project.Run("reproduce", "t.yaml").Code);
    }

    // The store's files are read-only, so the file is replaced.
    private static void Truncate(string path)
    {
        var bytes = File.ReadAllBytes(path);
        File.Delete(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
    }

    // The line that says the stage begins comes before the first epoch.
    private static void WaitForTraining(Process process)
    {
        while (process.StandardOutput.ReadLine() is { } line)
            if (line.StartsWith("model ", StringComparison.Ordinal))
                break;
        Thread.Sleep(1500);
    }
}
