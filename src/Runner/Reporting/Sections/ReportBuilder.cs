using Pipelines.Runner.Execution;
using Pipelines.Runner.Reporting.Findings;
using Pipelines.Runner.Reporting.Model;
using Pipelines.Runner.Reporting.Verification;
using Pipelines.Runner.Reporting.Wording;

namespace Pipelines.Runner.Reporting.Sections;

/// <summary>Plan, run and cards → the report, without wording of its own: every sentence is the language file's or a manifest's.</summary>
internal static class ReportBuilder
{
    public static ReportModel Build(ReportContext context)
    {
        var (plan, run, language) = (context.Plan, context.Run, context.Language);
        context.SeekFindings();
        // Tables of a hundred thousand rows were read and are garbage by now: chapters take their place in memory, not more of it.
        GC.Collect();
        List<SectionView> sections = [];
        foreach (var section in ReportSections.All)
            if (section.Build(context) is { } view)
                sections.Add(view with { Answer = context.AnswerTexts.Find(view.Id), IsAnnex = section.IsAnnex });
        // And the page takes the place of what rules and chapters looked at.
        GC.Collect();
        var title = language.Text(plan.Title) is { Length: > 0 } written ? written : plan.Pipeline;
        var question = plan.Question is { } asked ? language.Text(asked) : "";
        FindingViews findings = new(context, sections);
        MetricWords words = new(context.Results, context.Languages);
        return new(
            language.Code, Typography.Heading(question.Length > 0 ? question : title), plan.Report.Authors, plan.Report.Course,
            plan.Report.Date,
            [.. context.Verdict.Sentences(DataSection.AlertsOf(context).Count)],
            [.. context.Verdict.KeyNumbers(plan.Report.Metrics)], [.. context.Verdict.Problems(run)],
            [.. run.Expectations.Select(result => ExpectationOf(result, words))], BadgeOf(run, language), sections, language.Phrases)
        {
            University = plan.Report.University,
            Record = ReportRecord.Of(context).ToJson(),
            Attention = plan.Report.Attention,
            Subject = question.Length > 0 ? Typography.Heading(title) : null,
            Headline = new Headline(context).View(),
            Findings = findings.Told(),
            FindingsNote = findings.Note(),
            Limits = findings.Limits(),
            Overrides = plan.Overrides.IsEmpty ? null : string.Join(", ", plan.Overrides.Variables.Concat(plan.Overrides.Values)),
            Stale = new StaleResults(context.Results, language).All(),
            Incomplete = run.Stages.Count(stage => stage.Outcome is StageOutcome.Failed) is > 0 and var failed
                ? language.Phrase(failed == 1 ? "incomplete_badge_one" : "incomplete_badge", ("count", language.Numbers.Of(failed)))
                : null,
        };
    }

    private static ExpectationView ExpectationOf(ExpectationResult result, MetricWords words)
    {
        var text = words.TextOf(result);
        return new(result.Expectation.Bounded, text.Value, text.Bound, result.Met);
    }

    private static BadgeView? BadgeOf(RunRecord run, Language language)
    {
        var missed = run.Expectations.Count(result => !result.Met);
        return run.Expectations.Count == 0 ? null : new(
            missed == 0, language.Phrase(
                (missed, run.Expectations.Count) switch
                {
                    (0, 1) => "expectation_met",
                    (0, _) => "expectations_met",
                    (1, 1) => "expectation_only_missed",
                    _ => "expectations_missed",
                },
                ("missed", language.Numbers.Of(missed)), ("count", language.Numbers.Of(run.Expectations.Count))));
    }
}
