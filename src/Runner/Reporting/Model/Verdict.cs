using System.Globalization;
using System.Xml.Linq;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Reporting.Drawing;
using Pipelines.Runner.Reporting.Wording;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>What came out, in one paragraph and a few large numbers.</summary>
/// <param name="results">Of the cells that are told in full.</param>
/// <param name="all">With those of all other cells.</param>
internal sealed class Verdict(IReadOnlyList<StageResult> results, IReadOnlyList<StageResult> all, KindLanguages languages)
{
    private const int MaxKeyNumbers = 4;
    private const int MaxCompared = 6;
    private const double NoDifference = 1e-9;

    private readonly Language _language = languages.General;

    private readonly List<Scores> _scores = ScoresOf(results);

    private readonly List<Scores> _evaluated = ScoresOf(all);

    private NumberText Numbers => _language.Numbers;

    /// <param name="warnings">How many the report begins with.</param>
    public IEnumerable<string> Sentences(int warnings)
    {
        if (Chosen is { } winner && ChosenScores.Among(_evaluated, all)! is var best && winner.Of.Count < best.Candidates.Count
            && IsSame(winner, best))
        {
            // Where means over seeds are compared, one of the trainings need not be the best by itself.
            yield return _language.Phrase(
                (winner.OnValidation ? "verdict_compared" : "verdict_compared_unvalidated")
                + (winner.Of.Count > 1 ? "_setting" : best.Of.Count > 1 ? "_mean" : ""), ("count", Numbers.Of(best.Candidates.Count)),
                ("trained", Numbers.Of(winner.Of.Count)),
                ("stage", winner.Of.Count == 1 ? winner.Of[0].Stage.Id : SourceNames.Experiment(winner.Of[0].Stage.Id)));
            if (winner.Tied.Count > 0)
                yield return _language.Phrase(
                    winner.Tied.Count == 1 ? "verdict_tied_one" : "verdict_tied",
                    ("stages", string.Join(", ", winner.Tied.Select(scores => scores.Stage.Id))));
        }
        // With several models, that of the one the paragraph is about.
        var trained = Best is { } chosen ? Lineage.Of(chosen.Stage.Id, results) : results;
        var epochs = trained.Select(result => (
            Best: result.Find<Fact>(MetricNames.BestEpoch)?.Value, All: result.Find<Fact>(MetricNames.Epochs)?.Value,
            Planned: PlannedEpochs(result)));
        if (epochs.FirstOrDefault(training => training is { Best: not null, All: not null }) is { Best: { } epoch, All: { } done } training)
            yield return _language.Phrase(
                training.Planned is { } planned && Convert.ToInt64(done, CultureInfo.InvariantCulture) < planned
                    ? "verdict_stopped" : "verdict_training",
                ("epoch", Numbers.Of(epoch)), ("epochs", Numbers.Of(done)), ("planned", Numbers.Of(training.Planned)));
        if (warnings > 0)
            yield return _language.Phrase(warnings == 1 ? "verdict_warning" : "verdict_warnings", ("count", Numbers.Of(warnings)));
    }

    /// <summary>How far the score is from what is had without a model; null where that was not measured.</summary>
    public string? BaselineSentence() => Best is { } best && Baseline.Of(best, results) is { } baseline
        ? _language.Phrase(
            KeyOf(best.Values[0].Value - baseline.Value), ("method", _language.Text(baseline.Method)),
            ("baseline", Numbers.Of(baseline.Value, StyleOf(best.Values[0]) with { Format = ValueFormat.Percent })),
            ("difference", Numbers.Decimal(Math.Abs(best.Values[0].Value - baseline.Value) * 100, 1 + StyleOf(best.Values[0]).More)))
        : null;

    /// <summary>A score as it is written beside its interval and, the first one, beside what is had without a model.</summary>
    public NumberStyle StyleOf(Score score) => Numbers.Apart(score.Described.Format, new[]
    {
        score.Value, score.Low, score.High,
        Best is { } best && best.Values[0] == score && IsShare(score) ? Baseline.Of(best, results)?.Value : null,
    }.OfType<double>());

    public string WordOf(Score score) => Best is { } best ? Word(best, score) : score.Measure;

    // Cells that are not told were evaluated all the same, and a stage may have chosen by something else.
    private static bool IsSame(ChosenScores winner, ChosenScores bestOfAll) =>
        bestOfAll.Of.Select(ModelOf).Intersect(winner.Of.Select(ModelOf), StringComparer.Ordinal).Any();

    // The chosen cell may have been evaluated as a cell and after it was chosen: that is one model.
    private static List<Scores> ScoresOf(IReadOnlyList<StageResult> results) => [.. results.Where(result => result.Report.IsEvaluation)
        .Select(Scores.Of).OfType<Scores>().DistinctBy(ModelOf, StringComparer.Ordinal)];

    private static string ModelOf(Scores scores) => scores.Stage.Fingerprint?.Hex ?? scores.Stage.Id;

    /// <param name="asked">By <c>stage.metric</c>; empty: those that the kind of the evaluation names.</param>
    public IEnumerable<KeyNumber> KeyNumbers(IReadOnlyList<string> asked) =>
        asked.Count > 0 ? asked.Select(AskedNumber).OfType<KeyNumber>()
        : Best is { } best ? best.Values.Take(MaxKeyNumbers).Select(score => KeyNumberOf(best, score)) : [];

    // A cell that was not run, or a metric that it did not measure, has no number.
    private KeyNumber? AskedNumber(string name)
    {
        if (StageName.In(name, all.Select(result => result.Id)) is not { } id)
            return null;
        var (of, metric) = (all.First(result => result.Id == id), name[(id.Length + 1)..]);
        if (!of.Metrics.TryGetValue(metric, out var value))
            return null;
        Score score = new(MetricNames.WithoutSplit(metric), of.Report.MetricOf(metric) ?? new(new(null, null), ValueFormat.Auto), value,
            Find(MetricNames.Low(metric)), Find(MetricNames.High(metric)));
        var strip = IsShare(score) ? IntervalDrawing.Draw(value, score.Low, score.High).ToString(SaveOptions.DisableFormatting) : "";
        var split = MetricNames.SplitOf(metric);
        return new(Language.Capitalized(languages.Of(of.Stage).Word(score.Measure)), Number(score, value), IntervalOf(score), strip,
            Language.Capitalized(split is null ? of.Id : $"{_language.Word(split)} · {of.Id}"));

        double? Find(string other) => of.Metrics.TryGetValue(other, out var found) ? found : null;
    }

    private KeyNumber KeyNumberOf(Scores best, Score score)
    {
        var strip = IsShare(score) ? IntervalDrawing.Draw(score.Value, score.Low, score.High).ToString(SaveOptions.DisableFormatting) : "";
        return new(
            Language.Capitalized(Word(best, score)), Number(score, score.Value), IntervalOf(score), strip,
            Language.Capitalized(score.Deviation is null
                ? _language.Word(best.Split)
                : _language.Phrase("key_mean", ("split", _language.Word(best.Split)), ("seeds", Numbers.Of(Chosen!.Of.Count)),
                    ("deviation", DeviationOf(score)))));
    }

    /// <summary>Failed stages, skipped ones and missed expectations.</summary>
    public IEnumerable<string> Problems(RunRecord run)
    {
        foreach (var result in results)
            if (result.Run?.Outcome is StageOutcome.Failed failed)
                yield return _language.Phrase("stage_failed", ("stage", result.Id), ("message", failed.Message));
        foreach (var same in run.Expectations.GroupBy(result => result.Expectation.At))
            if (same.Where(result => !result.Met).ToList() is { Count: > 0 } missed)
                yield return Problem(missed, same.Count());
    }

    /// <param name="missed">The same expectation, in several cells.</param>
    private string Problem(List<ExpectationResult> missed, int count)
    {
        MetricWords words = new(all, languages);
        var (first, text) = (missed[0], words.TextOf(missed[0]));
        var metric = words.Of(first.Expectation, missed.Count > 1);
        return missed.Count > 1
            ? _language.Phrase("expectation_missed_by_cells", ("metric", metric), ("bound", text.Bound),
                ("missed", Numbers.Of(missed.Count)), ("count", Numbers.Of(count)))
            : _language.Phrase(
                first.Value is null ? "expectation_unmeasured" : "expectation_missed", ("metric", metric),
                ("value", text.Value), ("bound", text.Bound));
    }

    private static string KeyOf(double difference) => Math.Abs(difference) < NoDifference ? "verdict_at_baseline"
        : difference > 0 ? "verdict_above_baseline" : "verdict_below_baseline";

    /// <summary>All evaluations side by side; null when there is only one.</summary>
    public Grid? Comparison()
    {
        if (_scores.Count < 2)
            return null;
        Score[] measures = [.. _scores.SelectMany(scores => scores.Values).DistinctBy(score => score.Measure).Take(MaxCompared)];
        GridColumn[] decisive = Chosen!.OnValidation ? [new("decisive", _scores[0].Values[0].Described.Format)] : [];
        return new("comparison",
            [
                new("stage", ValueFormat.Code), .. decisive, new("split"),
                .. measures.Select(score => new GridColumn(score.Measure, score.Described.Format)), new("chosen", ValueFormat.Check),
            ],
            [.. _scores.Select(scores => (IReadOnlyList<object?>)
            [
                scores.Stage.Id, .. decisive.Select(_ => Chosen.Candidates.Contains(scores) ? (object?)scores.OnValidation : null),
                _language.Word(scores.Split),
                .. measures.Select(score => (object?)scores.Values.FirstOrDefault(other => other.Measure == score.Measure)?.Value),
                Chosen.Of.Contains(scores),
            ])]);
    }

    /// <summary>The words for <see cref="Comparison"/>.</summary>
    public Language ComparisonLanguage => languages.Of(_scores.Select(scores => scores.Stage.Stage));

    /// <summary>Whether a stage takes in all that <see cref="Comparison"/> compares.</summary>
    public bool AreIn(StageResult result) => result.Stage.Inputs.Values.SelectMany(port => port).Select(source => source.StageId)
        .ToHashSet(StringComparer.Ordinal).IsSupersetOf(_scores.Select(scores => scores.Stage.Id));

    /// <summary>Null where nothing was evaluated.</summary>
    public ChosenScores? Chosen => field ??= ChosenScores.Among(_scores, results);

    /// <summary>Of every evaluation, those of cells that are not told too.</summary>
    public IReadOnlyList<Scores> All => _evaluated;

    public int Evaluated => _scores.Count;

    /// <summary>Whether all that <see cref="Comparison"/> compares are cells of one of these.</summary>
    public bool IsOf(IReadOnlyList<Sweep> sweeps) => sweeps.Any(
        sweep => _scores.TrueForAll(scores => sweep.Metrics.Any(metric => metric.Stage == scores.Stage.Stage.Base)));

    private Scores? Best => Chosen?.Scores;

    private string Word(Scores scores, Score score) => languages.Of(scores.Stage.Stage).Word(score.Measure);

    public string Number(Score score, double value) => Numbers.Of(value, StyleOf(score));

    private static bool IsShare(Score score) => score.Described.Format == ValueFormat.Percent;

    public string DeviationOf(Score score) => score.Deviation is not { } deviation ? ""
        : IsShare(score) ? Numbers.Points(deviation).TrimStart('+') : Number(score, deviation);

    /// <summary><c>88,3 – 92,2 %</c>; null where it is not known.</summary>
    public string? IntervalOf(Score score) => score.Low is not { } low || score.High is not { } high ? null
        : Numbers.Interval(low, high, StyleOf(score));

    // A training that stops early has done fewer.
    private static long? PlannedEpochs(StageResult result) =>
        result.Stage.Values.GetValueOrDefault(MetricNames.Epochs) is { } epochs
        && long.TryParse(epochs.Text, CultureInfo.InvariantCulture, out var planned) ? planned : null;
}
