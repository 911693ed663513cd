using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Reporting.Markdown;
using Pipelines.Runner.Reporting.Wording;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>Plan, run and cards → the report, without wording of its own: every sentence is the language file's.</summary>
internal sealed class ReportBuilder(Language language, Func<string, Manifest> manifestOf)
{
    // The rest of a large sweep is in its table and in the CSV files.
    private const int MostFolded = 24;

    private readonly Numbering _numbering = new();

    /// <param name="answers">The student's own text, in Markdown.</param>
    public ReportModel Build(Plan plan, RunRecord run, string? answers)
    {
        var results = StageResult.Of(plan, run);
        var shown = new ShownCells(results);
        var verdict = new Verdict(shown.IsChosen ? [.. results.Where(result => shown.Shows(result.Stage))] : results, language);
        var sections = Sections(results, verdict, shown, Sweep.Of(plan, run));
        var stageViews = new StageViews(language, _numbering, manifestOf);
        var title = Typography.Set(plan.Title.In(language.Code), language.Code);
        return new(
            language.Code, title.Length > 0 ? title : plan.Pipeline, plan.Report.Authors, plan.Report.Course, plan.Report.Date, [.. verdict.Sentences()],
            [.. verdict.KeyNumbers()], [.. verdict.Problems(run)], [.. run.Expectations.Select(ExpectationOf)], BadgeOf(run), sections,
            answers is null ? null : MarkdownText.ToHtml(answers, language.Code), [.. results.Where(result => shown.Shows(result.Stage)).Select(stageViews.Of)],
            new RunViews(language, _numbering).Of(results, run), plan.ResolvedYaml, GlossaryTerms.Of(results, language),
            $"./runner exec {plan.Source.Path}", language.Phrases)
        {
            Stale = new StaleResults(results, language).All(),
            Incomplete = run.Stages.Count(stage => stage.Outcome is StageOutcome.Failed) is > 0 and var failed
                ? language.Phrase(failed == 1 ? "incomplete_badge_one" : "incomplete_badge", ("count", language.Numbers.Of(failed)))
                : null,
        };
    }

    private List<SectionView> Sections(IReadOnlyList<StageResult> results, Verdict verdict, ShownCells shown, IReadOnlyList<Sweep> sweeps)
    {
        var blocks = new BlockBuilder(language, _numbering);
        var bySection = results.Where(result => result.Items.Count > 0).ToLookup(result => ReportSections.Kind(result.Kind), StringComparer.Ordinal);
        List<SectionView> sections = [];
        foreach (var section in ReportSections.All)
        {
            List<StageBlock> stages = [];
            if (section == "results" && verdict.Comparison() is { } comparison)
                stages.Add(new(_numbering.Id("block", section), language.Phrase("all_models"), "", null, blocks.Items(section, [comparison])));
            if (section == "sweep")
                stages.AddRange(sweeps.Select(sweep => BlockOf(sweep, blocks)));
            foreach (var cells in bySection[section].GroupBy(result => result.Stage.Base, StringComparer.Ordinal))
                stages.AddRange(cells.OrderBy(result => shown.Shows(result.Stage) ? 0 : 1).Take(1 + MostFolded)
                    .Select(result => BlockOf(result, blocks) with { IsFolded = !shown.Shows(result.Stage) }));
            if (stages.Count > 0)
                sections.Add(new(section, language.Phrase($"section_{section}"), stages));
        }
        return sections;
    }

    private StageBlock BlockOf(Sweep sweep, BlockBuilder blocks)
    {
        var axes = string.Join(", ", sweep.Axes);
        return new(
            _numbering.Id("sweep", axes), language.Phrase("sweep_title", ("count", language.Numbers.Of(sweep.Cells.Count)), ("axes", axes)), "",
            language.Phrase(sweep.Cells.Any(cell => cell.IsChosen) ? "sweep_lead_chosen" : "sweep_lead_first"), blocks.Items("sweep", [.. SweepItems.Of(sweep)]));
    }

    private StageBlock BlockOf(StageResult result, BlockBuilder blocks)
    {
        var summary = manifestOf(result.Kind).Summary.In(language.Code);
        // Warnings first: what weakens the numbers is read before them. Then the single numbers, then what takes room.
        List<CardItem> items =
            [.. result.Items.OfType<Warning>(), .. result.Items.OfType<Fact>(), .. result.Items.Where(item => item is not (Warning or Fact))];
        return new(
            _numbering.Id("block", result.Id), StageViews.TitleOf(result.Kind, language), result.Id,
            summary.Length > 0 ? Typography.Set(summary, language.Code) : null, blocks.Items(result.Id, items))
        {
            Stale = new StaleResults([result], language).Of(result),
        };
    }

    private ExpectationView ExpectationOf(ExpectationResult result) =>
        new(result.Expectation.Metric, language.Numbers.Of(result.Value), Verdict.Bounds(result.Expectation, language.Numbers), result.Met);

    private BadgeView? BadgeOf(RunRecord run)
    {
        var missed = run.Expectations.Count(result => !result.Met);
        return run.Expectations.Count == 0 ? null : new(
            missed == 0, language.Phrase(
                (missed, run.Expectations.Count) switch { (0, 1) => "expectation_met", (0, _) => "expectations_met", (1, 1) => "expectation_only_missed", _ => "expectations_missed" },
                ("missed", language.Numbers.Of(missed)), ("count", language.Numbers.Of(run.Expectations.Count))));
    }
}
