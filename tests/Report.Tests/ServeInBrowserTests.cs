using Microsoft.Playwright;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Storage;
using Pipelines.Runner.Terminal;
using Pipelines.Tests.Runner.Serving;

namespace Pipelines.Tests.Report;

/// <summary>What only a browser tells of the pages of the server: scripts, keyboard, what axe-core finds, and how wide they are.</summary>
public sealed class ServeInBrowserTests(Browser browser, ServedProject project)
    : IClassFixture<Browser>, IClassFixture<ServedProject>
{
    // As a page that is not the one in front; Chromium without a window has no other.
    private const string OutOfSight = "Object.defineProperty(Document.prototype, 'hidden', { get: () => !window.inSight });";

    private const string IntoSight = "() => { window.inSight = true; document.dispatchEvent(new Event('visibilitychange')); }";

    public static TheoryData<string, int, ColorScheme> Views => new()
    {
        { "/?lang=fr", 1280, ColorScheme.Light }, { "/?lang=en", 390, ColorScheme.Dark },
        { "/runs/{run}?lang=fr", 390, ColorScheme.Light }, { "/runs/{run}/tables/padded/rows?lang=en", 390, ColorScheme.Light },
        { "/reports?lang=fr", 390, ColorScheme.Dark }, { "/runs/{run}/tables/padded/rows?lang=fr", 1280, ColorScheme.Dark },
        { "/try?lang=fr&text=good+{word}&model={run}/weighed&beside={run}/counted", 390, ColorScheme.Light },
        { "/try?lang=en&text=good+{word}&model={run}/weighed&beside={run}/counted", 1280, ColorScheme.Dark },
    };

    [Theory]
    [MemberData(nameof(Views))]
    public async Task A_page_is_quiet_fits_and_everybody_can_use_it(string address, int width, ColorScheme scheme)
    {
        await using var context = await browser.NewAsync(width, scheme);

        var seen = await SeenPage.OpenAsync(context, AddressOf(address.Replace("{word}", new string('a', 400), StringComparison.Ordinal)));

        await seen.CheckAsync(width);
        Assert.All(
            seen.Requests, request => Assert.StartsWith(project.Client.BaseAddress!.AbsoluteUri, request, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_sentence_is_tried_with_the_keyboard_alone()
    {
        await using var context = await browser.NewAsync(1280, ColorScheme.Light);
        var page = await context.NewPageAsync();
        await page.GotoAsync(AddressOf("/try?lang=en"));

        await page.Locator("textarea").FocusAsync();
        await page.Keyboard.TypeAsync("good note 1");
        foreach (var _ in Enumerable.Range(0, 4))
            await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");

        await page.Locator(".trial h2 bdi").WaitForAsync();
        Assert.Equal("up", await page.Locator(".trial h2 bdi").InnerTextAsync());
        Assert.Equal("good note 1", await page.Locator("textarea").InputValueAsync());
    }

    [Fact]
    public async Task A_link_keeps_the_focus_while_its_run_goes_on()
    {
        using StringWriter shown = new();
        RunStore store = new(project.Workspace.Root);
        var run = store.Begin(DateTimeOffset.Now);
        using RunJournal journal = new(new PlainRunView(shown), store.JournalPath, TimeProvider.System);
        journal.Report(new RunEvent.RunStarted("served", ["a", "b"]) { Run = run });
        journal.Report(new RunEvent.StageStarted("a", []));
        await using var context = await browser.NewAsync(1280, ColorScheme.Light);
        var page = await context.NewPageAsync();
        await page.GotoAsync(AddressOf("/?lang=en"));
        var link = page.Locator(".running-run a");
        await link.FocusAsync();

        journal.Report(new RunEvent.StageFinished("a", new StageOutcome.Skipped(null), null));

        await page.GetByText("1 of 2 stages are done.").WaitForAsync();
        Assert.True(await link.EvaluateAsync<bool>("link => document.activeElement === link"));
    }

    /// <summary>A browser opens six connections to a server: a seventh page would never come if each of them held one.</summary>
    [Fact]
    public async Task A_page_out_of_sight_holds_no_connection_and_knows_what_happened_when_it_is_seen_again()
    {
        project.Workspace.Write("reports/watched.html", "<!DOCTYPE html><html><body>old</body></html>");
        await using var context = await browser.NewAsync(1280, ColorScheme.Light);
        await context.AddInitScriptAsync(OutOfSight);
        List<IPage> pages = [];
        foreach (var address in Enumerable.Repeat("/", 4).Concat(Enumerable.Repeat("/reports/watched.html", 4)))
        {
            pages.Add(await context.NewPageAsync());
            await pages[^1].GotoAsync(AddressOf(address));
        }

        project.Workspace.Write("reports/watched.html", "<!DOCTYPE html><html><body>new and longer</body></html>");
        Assert.Equal("old", (await pages[^1].InnerTextAsync("body")).Trim());
        await pages[^1].EvaluateAsync(IntoSight);

        await pages[^1].GetByText("new and longer").WaitForAsync();
    }

    private string AddressOf(string address) =>
        new Uri(project.Client.BaseAddress!, address.Replace("{run}", project.Run, StringComparison.Ordinal)).AbsoluteUri;
}
