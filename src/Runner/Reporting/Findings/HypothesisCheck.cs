using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Reporting.Findings.Rules;
using Pipelines.Runner.Reporting.Model;
using Pipelines.Runner.Reporting.Sections;
using Pipelines.Runner.Reporting.Wording;

namespace Pipelines.Runner.Reporting.Findings;

/// <summary>What became of the hypothesis: confirmed, in part, refuted, and by which number.</summary>
internal sealed class HypothesisCheck(ReportContext context)
{
    private readonly Language _language = context.Language;
    private readonly MetricWords _words = new(context.Results, context.Languages);

    private NumberText Numbers => _language.Numbers;

    /// <summary>Null where there is none.</summary>
    public HypothesisView? View()
    {
        if (context.Plan.Hypothesis is not { } hypothesis)
            return null;
        var text = _language.Phrase("hypothesis", ("text", _language.Text(hypothesis.Text)));
        if (hypothesis.Difference is { } expected)
            return new(text, OutcomeOf(expected) is { } outcome ? _language.Phrase(outcome) : null, null);
        var outcomes = context.Run.Stages.ToDictionary(stage => stage.Id, stage => stage.Outcome, StringComparer.Ordinal);
        var parts = Expectations.Of(hypothesis.Holds, context.Plan, outcomes)
            .GroupBy(result => result.Expectation.At)
            .Select(cells => (All: cells.ToList(), Missed: cells.Where(cell => !cell.Met).ToList())).ToList();
        var missed = parts.FindAll(part => part.Missed.Count > 0);
        return parts.Count == 0 ? new(text, null, null)
            : new(text, OutcomeOf(parts.Count, parts.Count - missed.Count),
                _language.Phrase("hypothesis_measured", ("criteria", string.Join(_language.Phrase("clauses"),
                    (missed.Count > 0 ? missed : parts).Select(part => Criterion(part.All, part.Missed.Count))))));
    }

    // Of the comparison that the answer tells, or of that with the pipeline that is extended. That nothing was measured is no proof that
    // there is nothing: a hypothesis of no difference is not confirmed then, but not refuted, and one of a difference the same.
    private string? OutcomeOf(ExpectedDifference expected)
    {
        var compared = context.Findings.FirstOrDefault(found => expected == ExpectedDifference.None
            ? found.Rule.Topic == FindingTopic.Effects : found.Rule is ParentDifference)?.Finding;
        return compared is null ? null
            : expected == ExpectedDifference.None ? compared.IsMeasurable ? "hypothesis_refuted" : "hypothesis_not_refuted"
            : !compared.IsMeasurable ? "hypothesis_not_confirmed"
            : compared.Variant == (expected == ExpectedDifference.Better ? PairTests.Better : PairTests.Worse)
                ? "hypothesis_holds" : "hypothesis_refuted";
    }

    /// <param name="met">A part of the hypothesis holds when its bound does in every cell.</param>
    private string OutcomeOf(int all, int met) => met == all ? _language.Phrase("hypothesis_holds")
        : met == 0 ? _language.Phrase("hypothesis_refuted")
        : _language.Phrase(met == 1 ? "hypothesis_in_part_one" : "hypothesis_in_part",
            ("met", Numbers.Of(met)), ("all", Numbers.Of(all)));

    /// <param name="cells">That one bound is for.</param>
    /// <param name="missed">How many of them miss it.</param>
    private string Criterion(List<ExpectationResult> cells, int missed)
    {
        var told = cells.Find(cell => !cell.Met) ?? cells[0];
        var (text, metric) = (_words.TextOf(told), _words.Of(told.Expectation, cells.Count > 1));
        return cells.Count == 1
            ? _language.Phrase("hypothesis_criterion",
                ("metric", metric), ("value", text.Value), ("bound", text.Bound))
            : _language.Phrase(
                missed == 0 ? "hypothesis_criterion_of_all_cells" : "hypothesis_criterion_of_cells", ("metric", metric),
                ("bound", text.Bound), ("missed", Numbers.Of(missed)), ("count", Numbers.Of(cells.Count)));
    }
}
