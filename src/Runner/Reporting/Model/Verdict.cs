using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Reporting.Drawing;
using Pipelines.Runner.Reporting.Wording;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>What came out, in one paragraph and a few large numbers.</summary>
internal sealed class Verdict(IReadOnlyList<StageResult> results, Language language)
{
    private const int MostKeyNumbers = 4;
    private const double SmallestDifference = 0.0005;

    private readonly List<Scores> _scores = [.. results.Where(result => result.Verb == "evaluate")
        // The chosen cell may have been evaluated as a cell and after it was chosen: that is one model.
        .DistinctBy(result => result.Fingerprint?.Hex ?? result.Id, StringComparer.Ordinal).Select(Scores.Of).OfType<Scores>()];

    private NumberText Numbers => language.Numbers;

    public IEnumerable<string> Sentences()
    {
        if (Best is { } best)
        {
            var score = best.Values[0];
            yield return language.Phrase(
                score.Low is null ? "verdict_score" : "verdict_score_interval", ("metric", language.Word(score.Name)), ("value", Numbers.Percent(score.Value)),
                ("split", language.Word(best.Split)), ("interval", Interval(score) ?? ""), ("rows", Numbers.Of(best.Rows)), ("stage", best.StageId));
            if (Baseline.Of(best, results) is { } baseline)
                yield return language.Phrase(
                    KeyOf(score.Value - baseline), ("baseline", Numbers.Percent(baseline)),
                    ("difference", Numbers.Decimal(Math.Abs(score.Value - baseline) * 100, 1)));
        }
        if (_scores.Count > 1 && Best is { } winner)
            yield return language.Phrase("verdict_compared", ("count", Numbers.Of(_scores.Count)), ("stage", winner.StageId));
        // With several models, that of the one the paragraph is about.
        var trained = Best is { } chosen ? Lineage.Of(chosen.StageId, results) : results;
        if (trained.FirstOrDefault(result => result.Verb == "train") is { } training
            && FactOf(training, "best_epoch") is { } epoch && FactOf(training, "epochs") is { } epochs)
            yield return language.Phrase("verdict_training", ("epoch", Numbers.Of(epoch)), ("epochs", Numbers.Of(epochs)));
        var warnings = results.Sum(result => result.Items.OfType<Warning>().Count());
        if (warnings > 0)
            yield return language.Phrase(warnings == 1 ? "verdict_warning" : "verdict_warnings", ("count", Numbers.Of(warnings)));
    }

    public IEnumerable<KeyNumber> KeyNumbers() => Best is not { } best ? [] : best.Values.Take(MostKeyNumbers).Select(score => new KeyNumber(
        Language.Capitalized(language.Word(score.Name)), Numbers.Percent(score.Value), Interval(score),
        IntervalDrawing.Draw(score.Value, score.Low, score.High).ToString(System.Xml.Linq.SaveOptions.DisableFormatting), Language.Capitalized(language.Word(best.Split))));

    /// <summary>Failed stages, skipped ones and missed expectations.</summary>
    public IEnumerable<string> Problems(RunRecord run)
    {
        foreach (var result in results)
            if (result.Run?.Outcome is StageOutcome.Failed failed)
                yield return language.Phrase("stage_failed", ("stage", result.Id), ("message", failed.Message));
        foreach (var same in run.Expectations.GroupBy(result => result.Expectation.At))
            if (same.Where(result => !result.Met).ToList() is { Count: > 0 } missed)
                yield return Problem(missed, same.Count());
    }

    /// <param name="missed">The same expectation, in several cells.</param>
    private string Problem(List<ExpectationResult> missed, int count)
    {
        var (first, bound) = (missed[0], Bounds(missed[0].Expectation, Numbers));
        return missed.Count > 1
            ? language.Phrase("expectation_missed_by_cells", ("metric", first.Expectation.Written), ("bound", bound), ("missed", Numbers.Of(missed.Count)), ("count", Numbers.Of(count)))
            : language.Phrase(
                first.Value is null ? "expectation_unmeasured" : "expectation_missed", ("metric", first.Expectation.Metric), ("value", Numbers.Of(first.Value)), ("bound", bound));
    }

    // What is printed as a difference of 0.0 is none.
    private static string KeyOf(double difference) => Math.Abs(difference) < SmallestDifference ? "verdict_at_baseline"
        : difference > 0 ? "verdict_above_baseline" : "verdict_below_baseline";

    /// <summary><c>≥ 0.8</c></summary>
    public static string Bounds(Expectation expectation, NumberText numbers)
    {
        List<string> bounds = [];
        if (expectation.AtLeast is { } least)
            bounds.Add($"≥ {numbers.Of(least)}");
        if (expectation.AtMost is { } most)
            bounds.Add($"≤ {numbers.Of(most)}");
        return string.Join(", ", bounds);
    }

    /// <summary>All evaluations side by side; null when there is only one.</summary>
    public Grid? Comparison()
    {
        if (_scores.Count < 2)
            return null;
        string[] names = [.. _scores.SelectMany(scores => scores.Values.Select(score => score.Name)).Distinct().Take(6)];
        return new("comparison", [new("stage", ValueFormat.Code), new("split"), .. names.Select(name => new GridColumn(name, ValueFormat.Percent)), new("best", ValueFormat.Check)],
            [.. _scores.Select(scores => (IReadOnlyList<object?>)
                [scores.StageId, language.Word(scores.Split), .. names.Select(name => (object?)scores.Values.FirstOrDefault(score => score.Name == name)?.Value), scores == Best])]);
    }

    private Scores? Best => _scores.Count == 0 ? null : _scores.Where(scores => scores.Values[0].Name == _scores[0].Values[0].Name).MaxBy(scores => scores.Values[0].Value);

    private string? Interval(Score score) => score.Low is not { } low || score.High is not { } high ? null
        : $"{Numbers.Decimal(low * 100, 1)} – {Numbers.Percent(high)}";

    private static object? FactOf(StageResult result, string name) => result.Items.OfType<Fact>().FirstOrDefault(fact => fact.Name == name)?.Value;
}
