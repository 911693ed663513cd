using System.Diagnostics.CodeAnalysis;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Storage;
using Pipelines.Runner.Terminal;
using Pipelines.Tests.Runner.Reporting;

namespace Pipelines.Tests.Runner.Serving;

[Collection(nameof(ServedProject))]
public sealed class LivePageTests(ServedProject project) : IDisposable
{
    private readonly RunStore _store = new(project.Workspace.Root);
    private readonly StringWriter _shown = new();
    private readonly List<string> _begun = [];

    [Fact]
    public async Task A_run_is_shown_while_it_goes_on_and_as_broken_off_when_its_process_is_gone()
    {
        var (run, journal) = Begin();
        journal.Report(new RunEvent.StageFinished("a", new StageOutcome.Skipped(null), null));
        journal.Report(new RunEvent.StageStarted("b", ["with.x 1 → 2"]));
        journal.Report(new RunEvent.StageAdvanced("b", new(300, 1_200, "rows", new Dictionary<string, double> { ["loss"] = 0.25 })));

        var page = await project.PageAsync($"/runs/{run}?lang=en");
        var home = await project.PageAsync("/?lang=en");
        journal.Dispose();
        var after = await project.PageAsync($"/runs/{run}?lang=en");

        Assert.Equal("▶ running", page.Tagged("p", "badge").Single().Value.Trim());
        Assert.Equal("300 / 1,200 rows · loss 0.250", page.Tagged("li", "running").Single().Elements("span").ElementAt(2).Value);
        Assert.Equal("with.x 1 → 2", page.Tagged("span", "why").Single().Value);
        Assert.Equal($"/runs/{run}/live", (string?)page.Tagged("div").First(part => part.Attribute("data-live") is not null)
            .Attribute("data-live"));
        Assert.Contains(home.Tagged("article", "running-run"), article => article.Value.Contains(run, StringComparison.Ordinal));
        Assert.Equal("■ broken off", after.Tagged("p", "badge").Single().Value.Trim());
        Assert.DoesNotContain(after.Tagged("div"), part => part.Attribute("data-live") is not null);
        // What it did not come to will not come any more, and it stays in the list.
        Assert.Single(after.Tagged("li", "interrupted"));
        Assert.DoesNotContain("left", after.Tagged("li", "interrupted").Single().Value, StringComparison.Ordinal);
        Assert.Contains((await project.PageAsync("/?lang=en")).Tagged("article", "running-run"), article =>
            article.Value.Contains(run, StringComparison.Ordinal) && article.Value.Contains("broken off", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_happens_is_sent_to_the_page_that_is_open()
    {
        var (run, journal) = Begin();
        using var response = await project.Client.GetAsync(
            new Uri($"/runs/{run}/live?lang=en", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        using StreamReader events = new(await response.Content.ReadAsStreamAsync());
        await UntilAsync(events, "1 of 2 stages are done.", () => journal.Report(
            new RunEvent.StageFinished("a", new StageOutcome.Skipped(null), null)));

        // Its record is written last.
        journal.Dispose();
        File.Copy(Path.Combine(_store.FolderOf(project.Run) + ".json"), _store.FolderOf(run) + ".json", overwrite: true);

        await UntilAsync(events, "event: finished", () => { });
    }

    [Fact]
    public void A_run_with_nothing_to_do_leaves_no_journal()
    {
        using RunJournal journal = new(new PlainRunView(_shown), _store.JournalPath, TimeProvider.System);
        var run = _store.Begin(DateTimeOffset.Now);
        _begun.Add(run);

        journal.Report(new RunEvent.RunStarted("served", ["a"]) { Run = run });
        journal.Report(new RunEvent.StageFinished("a", new StageOutcome.Skipped(null), null));

        Assert.False(Directory.Exists(_store.FolderOf(run)));
        Assert.Contains("a  skipped", _shown.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_that_comes_with_every_batch_is_written_twice_a_second()
    {
        var (run, journal) = Begin();
        for (var i = 0; i < 10_000; i++)
            journal.Report(new RunEvent.StageAdvanced("b", new(i, 10_000, "rows")));
        journal.Dispose();

        Assert.InRange(File.ReadLines(_store.JournalPath(run)).Count(line => line.Contains("advanced", StringComparison.Ordinal)), 1, 100);
    }

    [Fact]
    public void A_journal_that_cannot_be_written_ends_and_the_run_does_not()
    {
        using RunJournal journal = new(new PlainRunView(_shown), _ => "/dev/null/events.jsonl", TimeProvider.System);

        journal.Report(new RunEvent.RunStarted("served", ["a"]) { Run = "r" });
        journal.Report(new RunEvent.StageStarted("a", []));
        journal.Report(new RunEvent.StageFinished("a", new StageOutcome.Skipped(null), null));

        Assert.StartsWith("nobody can watch this run any further: ", journal.Lost, StringComparison.Ordinal);
        Assert.Contains("a  skipped", _shown.ToString(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _shown.Dispose();
        foreach (var run in _begun)
        {
            File.Delete(_store.FolderOf(run) + ".json");
            if (Directory.Exists(_store.FolderOf(run)))
                Directory.Delete(_store.FolderOf(run), recursive: true);
        }
    }

    private static async Task UntilAsync(StreamReader events, string line, Action happens)
    {
        var read = "";
        while (!read.Contains(line, StringComparison.Ordinal))
        {
            happens();
            read += await events.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60));
        }
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "Whoever asks for it ends it, as a process would.")]
    private (string Run, RunJournal Journal) Begin()
    {
        var run = _store.Begin(DateTimeOffset.Now);
        _begun.Add(run);
        RunJournal journal = new(new PlainRunView(_shown), _store.JournalPath, TimeProvider.System);
        journal.Report(new RunEvent.RunStarted("served", ["a", "b"]) { Run = run });
        journal.Report(new RunEvent.StageStarted("a", [StoredResult.NeverRan]));
        return (run, journal);
    }
}
