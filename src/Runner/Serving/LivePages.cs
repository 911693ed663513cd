using System.Text;
using Microsoft.AspNetCore.Http;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Reporting.Drawing;
using Pipelines.Runner.Reporting.Wording;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Serving;

/// <summary>Runs while they go on: a page, and a stream of events that keeps it as it should be.</summary>
/// <param name="ending">Cancelled when the server ends.</param>
internal sealed class LivePages(Site site, Pages pages, CancellationToken ending)
{
    private const double CurveWidth = 160, CurveHeight = 28;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>The page of a run that is not finished; null where there is none.</summary>
    public LiveRunPage? Of(HttpContext context, string id) => site.Live.Find(id) is { } run ? PageOf(run, Pages.LanguageOf(context)) : null;

    public IReadOnlyList<LiveRunPage> Now(HttpContext context) =>
        [.. site.Live.Now.Select(run => PageOf(run, Pages.LanguageOf(context)))];

    /// <summary>Runs whose process is gone before they ended, the latest first.</summary>
    public IReadOnlyList<LiveRunPage> Broken(HttpContext context) =>
        [.. site.Live.Broken.Select(run => PageOf(run, Pages.LanguageOf(context)))];

    /// <summary>The progress of one run as often as it changes, and its end: once its report is there, which is written last.</summary>
    public Task WatchRunAsync(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["run"]!;
        return WatchAsync(context, "pages/progress", () => site.Runs.Find(id) is null ? Of(context, id) : null,
            () => site.Runs.Find(id) is not { } ended || ReportPages.IsWrittenAfter(site, ended));
    }

    /// <summary>What the list of runs shows, in a few characters.</summary>
    /// <param name="now">Those that go on.</param>
    public string KeyOf(IReadOnlyList<LiveRunPage> now) => ContentHash.Of(Encoding.UTF8.GetBytes(
        string.Join(' ', site.Runs.Store.List().Take(1).Concat(now.Select(run => run.Id))))).Short;

    /// <summary>The progress of all runs, and that one more began or ended since the page was made.</summary>
    public Task WatchAllAsync(HttpContext context)
    {
        var first = context.Request.Query["shown"] is [{ } shown] ? shown : KeyOf(Now(context));
        return WatchAsync(context, "pages/running", () => Now(context) is var now && KeyOf(now) == first ? now : null, () => true);
    }

    /// <param name="now">What there is to show; null: it is over.</param>
    /// <param name="isReady">Whether the page that follows can be shown; it is waited for, but not for ever: not all is written
    /// again.</param>
    private async Task WatchAsync(HttpContext context, string template, Func<object?> now, Func<bool> isReady)
    {
        await using var stream = new EventStream(context, ending);
        await stream.BeginAsync().ConfigureAwait(false);
        var shown = "";
        do
        {
            if (now() is not { } model)
            {
                for (var waited = TimeSpan.Zero; waited < LongestWait && !isReady(); waited += Pause)
                    if (!await stream.PauseAsync(Pause).ConfigureAwait(false))
                        return;
                await stream.SendAsync("finished", "").ConfigureAwait(false);
                return;
            }
            var html = pages.Part(context, template, model);
            if (html != shown)
                await stream.SendAsync("progress", html).ConfigureAwait(false);
            shown = html;
        }
        while (await stream.PauseAsync(Pause).ConfigureAwait(false));
    }

    private LiveRunPage PageOf(LiveRun run, Language language)
    {
        var isRunning = site.Live.IsRunning(run.Id);
        var share = run.Stages.Count == 0 ? 0 : 100 * run.Finished / run.Stages.Count;
        return new(run.Id, run.Pipeline,
            isRunning
                ? RunState.Named("running", "page_run_running", language)
                : RunState.Named("interrupted", "page_run_killed", language),
            language.Phrase("page_stages_done",
                ("count", language.Numbers.Of(run.Finished)), ("total", language.Numbers.Of(run.Stages.Count))),
            share, isRunning, [.. run.Stages.Select(stage => RowOf(run, stage, isRunning, language))]);
    }

    private LiveStageRow RowOf(LiveRun run, LiveStage stage, bool isRunning, Language language)
    {
        var state = stage.State switch
        {
            "waiting" when !isRunning => RunState.Named("skipped", "state_skipped", language),
            "waiting" => RunState.Named("waiting", "page_stage_waiting", language),
            "running" when !isRunning => RunState.Named("interrupted", "page_run_killed", language),
            "running" => RunState.Named("running", "page_run_running", language),
            _ => RunState.Named(stage.State, $"state_{stage.State}", language),
        };
        var elapsed = stage.Took ?? (stage.State == "running" ? run.Told - stage.Started : null);
        return new(stage.Id, state, stage.Message is { } message ? site.Paths.In(message) : ProgressOf(stage, elapsed, isRunning, language),
            elapsed is { } time ? language.Numbers.Duration(time) : "–",
            stage is { State: "running", Total: > 0 and var total } ? (int)Math.Clamp(100 * stage.Done / total, 0, 100) : null,
            stage.State == "running" ? CurveOf(stage.Curve) : null,
            [.. stage.Why.Where(why => why != StoredResult.NeverRan).Select(site.Paths.In)]);
    }

    /// <summary><c>1 200 / 5 000 lignes · perte 0,41 · encore 12 s</c></summary>
    private static string ProgressOf(LiveStage stage, TimeSpan? elapsed, bool isRunning, Language language)
    {
        if (stage.State != "running" || stage.Unit.Length == 0)
            return "";
        List<string> parts = [(stage.Total is { } all ? $"{language.Numbers.Of(stage.Done)} / {language.Numbers.Of(all)} "
            : language.Numbers.Of(stage.Done) + " ") + language.Word(stage.Unit)];
        parts.AddRange(stage.Values.Select(value => $"{language.Word(value.Key)} {language.Numbers.Of(value.Value)}"));
        if (isRunning && elapsed is { TotalSeconds: > 2 } time && stage is { Done: > 0, Total: { } total } && stage.Done < total)
            parts.Add(language.Phrase(
                "page_left", ("time", language.Numbers.Duration(time * ((total - stage.Done) / (double)stage.Done)))));
        return string.Join(" · ", parts);
    }

    /// <summary>Points of a small line, the latest on the right; null where there is no line yet.</summary>
    private static string? CurveOf(IReadOnlyList<double> values)
    {
        if (values.Count < 2)
            return null;
        var (low, high) = (values.Min(), values.Max());
        var range = high > low ? high - low : 1;
        return string.Join(' ', values.Select((value, i) =>
            $"{Svg.Number(CurveWidth * i / (values.Count - 1))},{Svg.Number(2 + ((CurveHeight - 4) * (high - value) / range))}"));
    }
}

/// <param name="Progress">How many of its stages are over.</param>
/// <param name="Share">The same, 0 to 100.</param>
internal sealed record LiveRunPage(
    string Id, string Pipeline, RunState State, string Progress, int Share, bool IsRunning, IReadOnlyList<LiveStageRow> Stages)
    : PageView("live", Id, Navigation.Runs)
{
    public override IReadOnlyList<string> Scripts => IsRunning ? ["live.js"] : [];

    public override bool IsLive => IsRunning;

    /// <summary>Those that run at this moment.</summary>
    public IReadOnlyList<LiveStageRow> Running => [.. Stages.Where(stage => stage.State.Name == "running")];
}

/// <param name="Share">0 to 100 of the stage; null where that is not known.</param>
/// <param name="Curve">Points of a line of what it measures.</param>
internal sealed record LiveStageRow(
    string Id, RunState State, string Note, string Took, int? Share, string? Curve, IReadOnlyList<string> Why);
