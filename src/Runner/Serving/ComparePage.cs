using Microsoft.AspNetCore.Http;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Reporting.Model;
using Pipelines.Runner.Reporting.Wording;

namespace Pipelines.Runner.Serving;

/// <summary>Two runs: which parameters, data and metrics differ. The older one comes first, however they were chosen.</summary>
internal sealed class ComparePage(Site site)
{
    /// <exception cref="RefusedException">Not two runs were named, or there is none of a name.</exception>
    public ComparePageView Of(HttpContext context)
    {
        var language = Pages.LanguageOf(context);
        var runs = context.Request.Query["run"].OfType<string>().Distinct().Select(site.Runs.Find).ToList();
        if (runs.Contains(null))
            throw new RefusedException("page_no_such_run");
        if (runs is not [{ } one, { } other])
            throw new RefusedException("page_choose_two", StatusCodes.Status400BadRequest);
        var (first, second) = one.Started <= other.Started ? (one, other) : (other, one);
        var stages = RunComparison.Of(first, second, site.Store);
        return new(language.Phrase("page_comparison"), SideOf(first, language), SideOf(second, language), ComparisonModel.Of(
            new(new(first.Id, first.Pipeline), new(second.Id, second.Pipeline), stages, []), language));
    }

    /// <summary>Where a run is compared with the one before it; null for the first of its pipeline.</summary>
    public static string? WithTheOneBefore(Site site, RunRecord run) =>
        site.Runs.Latest.Where(other => other.Pipeline == run.Pipeline && other.Started < run.Started).MaxBy(other => other.Started)
            is { } before ? $"/compare?run={Uri.EscapeDataString(before.Id)}&run={Uri.EscapeDataString(run.Id)}" : null;

    private ComparedRun SideOf(RunRecord run, Language language) =>
        new(run.Id, site.Paths.In(run.Experiment), DateText.Of(run.Started, language), RunState.Of(run, language));
}

internal sealed record ComparePageView(string Heading, ComparedRun First, ComparedRun Second, ComparisonModel Comparison)
    : PageView("compare", Heading, Navigation.Runs);

internal sealed record ComparedRun(string Id, string Pipeline, string When, RunState State);
