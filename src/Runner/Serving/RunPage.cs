using Microsoft.AspNetCore.Http;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Reporting.Model;
using Pipelines.Runner.Reporting.Wording;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Models.Prediction;

namespace Pipelines.Runner.Serving;

/// <summary>One run: what every stage came to, with its tables, models and log.</summary>
internal sealed class RunPage(Site site, LivePages live)
{
    /// <exception cref="RefusedException">There is no such run.</exception>
    public PageView Of(HttpContext context)
    {
        var language = Pages.LanguageOf(context);
        var id = (string)context.Request.RouteValues["run"]!;
        return site.Runs.Find(id) is { } run ? Of(run, language)
            : live.Of(context, id) ?? throw new RefusedException("page_no_such_run");
    }

    private RunPageView Of(RunRecord run, Language language)
    {
        var headline = new RunHeadline(site, language);
        var longest = run.Stages.Select(TookOf).Max() ?? TimeSpan.Zero;
        return new(
            run.Id, site.Paths.In(run.Experiment), RunState.Of(run, language),
            string.Join(" · ", DateText.Of(run.Started, language), language.Numbers.Duration(run.Took), RunsPage.CountsOf(run, language)),
            [.. run.Stages.Where(stage => headline.Of(stage) is not null).OrderByDescending(stage => stage.Id == headline.ToldOf(run))
                .SelectMany(stage => headline.All(stage).Take(1)
                    .Select(fact => fact with { Name = $"{fact.Name} · {stage.Id}" })).Take(8)],
            [.. run.Expectations.Where(result => !result.Met)
                .Select(result => (Metric: result.Expectation.Bounded, Text: TextOf(result, run, language)))
                .Select(missed => language.Phrase("page_missed",
                    ("metric", missed.Metric), ("bound", missed.Text.Bound), ("value", missed.Text.Value)))],
            [.. run.Stages.Select(stage => RowOf(run, stage, longest, headline, language))],
            [.. ReportPages.Of(site, run)],
            [.. new RunViews(language, new()).Environment(run).Select(fact => fact with { Value = site.Paths.In(fact.Value) })],
            site.Paths.In(PipelineOf(run.Id)), ComparePage.WithTheOneBefore(site, run));
    }

    private ExpectationText TextOf(ExpectationResult result, RunRecord run, Language language)
    {
        var kinds = run.Stages.ToDictionary(stage => stage.Id, stage => stage.Kind, StringComparer.Ordinal);
        return ExpectationText.Of(result, language.Numbers, kinds.Keys, id => site.ReportOf(kinds[id]));
    }

    private StageRow RowOf(RunRecord run, StageRun stage, TimeSpan longest, RunHeadline headline, Language language)
    {
        var took = stage.Outcome is StageOutcome.Ran ? TookOf(stage) : null;
        return new(stage.Id, headline.TitleOf(stage.Kind), RunState.Of(stage.Outcome, language), headline.Note(stage),
            took is { } time ? language.Numbers.Duration(time) : "–",
            took is { } part && longest > TimeSpan.Zero ? (int)Math.Round(100 * (part / longest)) : 0,
            [.. stage.Why.Where(why => why != StoredResult.NeverRan).Select(site.Paths.In)],
            headline.All(stage), [.. LinksOf(run, stage, language)]);
    }

    private IEnumerable<StageLink> LinksOf(RunRecord run, StageRun stage, Language language)
    {
        var (id, name) = (Uri.EscapeDataString(run.Id), Uri.EscapeDataString(stage.Id));
        foreach (var (port, artifacts) in stage.Outcome.Shown?.ByPort ?? new Dictionary<string, IReadOnlyList<Artifact>>())
            if (artifacts is [Table, ..])
                yield return new(
                    $"/runs/{id}/tables/{name}/{Uri.EscapeDataString(port)}", language.Phrase("page_table_of", ("port", port)));
        if ((stage.Outcome.Shown?.ByPort.Values ?? []).SelectMany(port => port).OfType<Model>().Any(Predictor.CanLoad))
            yield return new($"/try?model={Uri.EscapeDataString($"{run.Id}/{stage.Id}")}", language.Phrase("page_try_model"));
        if (File.Exists(site.Runs.Store.LogPath(run.Id, stage.Id)))
            yield return new($"/runs/{id}/logs/{name}", language.Phrase("page_log"));
    }

    private string PipelineOf(string run)
    {
        var path = Path.Combine(site.Runs.Store.FolderOf(run), "pipeline.yaml");
        return File.Exists(path) ? File.ReadAllText(path) : "";
    }

    private static TimeSpan? TookOf(StageRun stage) => stage.Span?.Took ?? (stage.Outcome as StageOutcome.Ran)?.Took;
}

/// <param name="Byline">When it began, what it took, how many stages did what.</param>
/// <param name="Scores">The first score of each evaluation.</param>
/// <param name="Missed">Expectations that were not met.</param>
/// <param name="Reports">Of its experiment, which may have run since.</param>
/// <param name="Yaml">The pipeline as it was; empty where it was not kept.</param>
/// <param name="Before">Where it is compared with the run before it.</param>
internal sealed record RunPageView(
    string Id, string Pipeline, RunState State, string Byline, IReadOnlyList<FactView> Scores, IReadOnlyList<string> Missed,
    IReadOnlyList<StageRow> Stages, IReadOnlyList<ReportLink> Reports, IReadOnlyList<FactView> Environment, string Yaml,
    string? Before)
    : PageView("run", Id, Navigation.Runs)
{
    public IReadOnlyList<StageRow> Measured => [.. Stages.Where(stage => stage.Metrics.Count > 0)];
}

/// <param name="Share">0 to 100 of the longest stage.</param>
/// <param name="Why">Why it ran.</param>
internal sealed record StageRow(
    string Id, string Title, RunState State, string Note, string Took, int Share, IReadOnlyList<string> Why,
    IReadOnlyList<FactView> Metrics, IReadOnlyList<StageLink> Links);

internal sealed record StageLink(string Url, string Text);
