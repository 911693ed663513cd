using System.Text.Json;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Reporting;

namespace Pipelines.Tests.Runner.Reporting;

public sealed class ReportsTests : IDisposable
{
    private static readonly DateTime s_longAgo = new(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly DirectoryInfo _project = Directory.CreateTempSubdirectory("reports-");

    public ReportsTests() => File.Copy(Path.Combine(SampleRun.Folder, "answers.md"), Answers);

    private string Answers => Path.Combine(_project.FullName, "answers.md");

    private string Report => Path.Combine(_project.FullName, "reports", "sample-run.html");

    [Fact]
    public void A_report_is_written_once_and_again_when_something_in_it_changed()
    {
        Assert.Equal("reports/sample-run.html", WriteIfStale());
        Assert.False(IsWrittenAgain());

        File.AppendAllText(Answers, "\nMore.\n");
        Assert.True(IsWrittenAgain());
        Assert.False(IsWrittenAgain());

        File.Delete(Report);
        Assert.Equal("reports/sample-run.html", WriteIfStale());
        Assert.True(File.Exists(Report));
    }

    [Fact]
    public void Reusing_a_result_does_not_make_a_report_stale()
    {
        WriteIfStale();
        var plan = SampleRun.Plan();
        var record = SampleRun.Record(plan);
        var reused = record with
        {
            Id = "later",
            Stages = [
                .. record.Stages
                    .Select(stage => stage.Outcome is StageOutcome.Ran ran
                        ? stage with { Outcome = new StageOutcome.Reused(ran.Fingerprint, ran.Took, ran.Outputs) }
                        : stage)],
        };
        File.SetLastWriteTimeUtc(Report, s_longAgo);

        Reports.WriteIfStale(plan, reused, _project.FullName, SampleRun.Home);

        Assert.Equal(s_longAgo, File.GetLastWriteTimeUtc(Report));
    }

    [Fact]
    public void The_numbers_lie_beside_the_report()
    {
        WriteIfStale();

        var metrics = JsonSerializer.Deserialize<Dictionary<string, double>>(
            File.ReadAllText(Path.Combine(_project.FullName, "reports", "sample-run", "metrics.json")))!;

        Assert.Equal(15, metrics["model.best_epoch"]);
        Assert.InRange(metrics["scores.test.exact_match"], 0.53, 0.54);
    }

    [Fact]
    public void Tables_and_the_numbers_of_figures_are_there_as_csv()
    {
        WriteIfStale();

        var tables = Path.Combine(_project.FullName, "reports", "sample-run", "tables");

        Assert.Equal(["split,rows,share,duplicate_texts", "train,7130"], File.ReadLines(Path.Combine(tables, "rows-rows_by_split.csv"))
            .Take(2).Select((line, i) => i == 0 ? line : line[..10]));
        Assert.True(File.Exists(Path.Combine(tables, "model-loss_by_epoch.csv")));
    }

    [Fact]
    public void What_a_report_no_longer_has_is_removed_and_nothing_else()
    {
        WriteIfStale();
        var tables = Path.Combine(_project.FullName, "reports", "sample-run", "tables");
        var list = Path.Combine(ReportFiles.Kept(_project.FullName), "sample-run.files");
        Assert.Contains("tables/model-loss_by_epoch.csv", Listed());
        var outside = Path.Combine(_project.FullName, "reports", "mine.csv");
        foreach (var file in new[] { Path.Combine(tables, "old-scores.csv"), Path.Combine(tables, "mine.csv"), outside })
            File.WriteAllText(file, "x");
        File.AppendAllText(list, $"tables/old-scores.csv\n../mine.csv\n{outside}\ntables\n\n");

        File.AppendAllText(Answers, "\nMore.\n");
        WriteIfStale();

        IEnumerable<string> Listed() => File.ReadLines(list).Select(line => line.Split('\t')[0]);
        Assert.False(File.Exists(Path.Combine(tables, "old-scores.csv")));
        Assert.True(File.Exists(Path.Combine(tables, "mine.csv")));
        Assert.True(File.Exists(outside));
        Assert.DoesNotContain("tables/old-scores.csv", Listed());
    }

    [Theory]
    [InlineData("findings.json")]
    [InlineData("tables/model-loss_by_epoch.csv")]
    public void What_lies_beside_a_report_is_written_again_where_it_is_missing_or_cut(string name)
    {
        WriteIfStale();
        var path = Path.Combine(_project.FullName, "reports", "sample-run", name);
        var whole = File.ReadAllText(path);

        File.Delete(path);
        Assert.True(IsWrittenAgain());
        Assert.Equal(whole, File.ReadAllText(path));

        File.WriteAllText(path, whole[..^1]);
        Assert.True(IsWrittenAgain());
        Assert.Equal(whole, File.ReadAllText(path));
        Assert.False(IsWrittenAgain());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"answer\":1,\"findings\":[2]}")]
    public void Findings_that_were_spoilt_are_not_told(string spoilt)
    {
        WriteIfStale();
        File.WriteAllText(Path.Combine(_project.FullName, "reports", "sample-run", "findings.json"), spoilt);

        Assert.Empty(Reports.Lines(SampleRun.Plan(), _project.FullName));
    }

    [Fact]
    public void Missing_answers_are_named()
    {
        File.Delete(Answers);

        Assert.Contains("answers.md", Assert.Throws<ReportException>(WriteIfStale).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _project.Delete(recursive: true);

    private string? WriteIfStale()
    {
        var plan = SampleRun.Plan();
        return Reports.WriteIfStale(plan, SampleRun.Record(plan), _project.FullName, SampleRun.Home);
    }

    private bool IsWrittenAgain()
    {
        File.SetLastWriteTimeUtc(Report, s_longAgo);
        WriteIfStale();
        return File.GetLastWriteTimeUtc(Report) != s_longAgo;
    }
}
