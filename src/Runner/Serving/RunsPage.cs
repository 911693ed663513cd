using System.Globalization;
using Microsoft.AspNetCore.Http;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Reporting.Model;
using Pipelines.Runner.Reporting.Wording;

namespace Pipelines.Runner.Serving;

/// <summary>The runs of the project, the latest first, all or those of one pipeline, page by page.</summary>
internal sealed class RunsPage(Site site, LivePages live)
{
    private const int OnePage = 30;

    public RunsPageView Of(HttpContext context)
    {
        var language = Pages.LanguageOf(context);
        var all = site.Runs.Latest;
        var pipeline = context.Request.Query["pipeline"] is [{ Length: > 0 } asked] ? asked : null;
        var runs = all.Where(run => pipeline is null || run.Pipeline == pipeline).ToList();
        var paging = Paging.Of(context.Request, runs.Count, OnePage);
        var headline = new RunHeadline(site, language);
        var now = live.Now(context);
        return new(language.Phrase("page_runs"), LeadOf(runs, pipeline, language), [.. Filters(all, pipeline, language)],
            [.. runs.Skip((int)paging.First).Take(OnePage).Select(run => RowOf(run, headline, language))], paging, now,
            [.. live.Broken(context).Where(run => pipeline is null || run.Pipeline == pipeline)], $"/live?shown={live.KeyOf(now)}");
    }

    private static string LeadOf(List<RunRecord> all, string? pipeline, Language language) => all.Count == 0
        ? language.Phrase(pipeline is null ? "page_no_runs" : "page_no_runs_of", ("pipeline", PageText.Short(pipeline ?? "")))
        : language.Phrase(all.Count == 1 ? "page_one_run" : "page_run_count", ("count", language.Numbers.Of(all.Count)));

    private static IEnumerable<FilterView> Filters(IReadOnlyList<RunRecord> all, string? pipeline, Language language)
    {
        var groups = all.GroupBy(run => run.Pipeline, StringComparer.Ordinal).ToList();
        if (groups.Count < 2)
            yield break;
        yield return new("/", language.Phrase("page_all_pipelines"), language.Numbers.Of(all.Count), pipeline is null);
        foreach (var group in groups)
            yield return new($"/?pipeline={Uri.EscapeDataString(group.Key)}", group.Key, language.Numbers.Of(group.Count()),
                group.Key == pipeline);
    }

    private RunRow RowOf(RunRecord run, RunHeadline headline, Language language) => new(
        run.Id, site.Paths.In(run.Experiment), RunState.Of(run, language), headline.Of(run), DateText.Of(run.Started, language),
        run.Started.ToString("O", CultureInfo.InvariantCulture), language.Numbers.Duration(run.Took), CountsOf(run, language),
        language.Phrase("page_choose", ("run", run.Id)));

    public static string CountsOf(RunRecord run, Language language)
    {
        int Count<TOutcome>() => run.Stages.Count(stage => stage.Outcome is TOutcome);
        (string Phrase, int Count)[] counts = [("page_ran", Count<StageOutcome.Ran>()), ("page_reused", Count<StageOutcome.Reused>()),
            ("page_failed_stages", Count<StageOutcome.Failed>())];
        return string.Join(", ", counts.Where(count => count.Count > 0)
            .Select(count => language.Phrase(count.Count == 1 ? count.Phrase + "_one" : count.Phrase,
                ("count", language.Numbers.Of(count.Count)))));
    }
}

/// <param name="Filters">The pipelines; none where there is only one.</param>
/// <param name="Broken">Those whose process is gone.</param>
/// <param name="LiveUrl">Where it is told what changes on it.</param>
internal sealed record RunsPageView(
    string Heading, string Lead, IReadOnlyList<FilterView> Filters, IReadOnlyList<RunRow> Runs, Paging Paging,
    IReadOnlyList<LiveRunPage> Running, IReadOnlyList<LiveRunPage> Broken, string LiveUrl) : PageView("runs", Heading, Navigation.Runs)
{
    // One that begins is shown too, without being asked for.
    public override IReadOnlyList<string> Scripts => ["live.js"];

    public override bool IsLive => Running.Count > 0;
}

internal sealed record FilterView(string Url, string Text, string Count, bool IsCurrent);

/// <param name="Headline">Its first score; null where nothing was evaluated.</param>
internal sealed record RunRow(
    string Id, string Pipeline, RunState State, FactView? Headline, string When, string Time, string Took, string Counts,
    string Choose);
