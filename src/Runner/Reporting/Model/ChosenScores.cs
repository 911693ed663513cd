using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Reporting.Findings;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>
/// The evaluation that a report is about: of those that ask the same as the first one, the best on validation rows, which are not those its
/// score is told of. Over an axis of seeds the means are compared, and told.
/// </summary>
/// <param name="Scores">Means where it is repeated.</param>
/// <param name="Of">The evaluations it stands for: one, or the repetitions.</param>
/// <param name="Tied">Others that are as good.</param>
/// <param name="OnValidation">False: for want of validation rows it was chosen by the score that is told.</param>
/// <param name="Candidates">The evaluations it was chosen from.</param>
internal sealed record ChosenScores(
    Scores Scores, IReadOnlyList<Scores> Of, IReadOnlyList<Scores> Tied, bool OnValidation, IReadOnlyList<Scores> Candidates)
{
    // Means of the same values in another order may differ by rounding.
    private const double Equal = 1e-12;

    /// <summary>Null where nothing was evaluated.</summary>
    /// <param name="results">What the evaluations come from.</param>
    public static ChosenScores? Among(IReadOnlyList<Scores> all, IReadOnlyList<StageResult> results)
    {
        if (all.Count == 0)
            return null;
        var first = all[0].Values[0];
        var candidates = AskedTheSame(all.Where(scores => scores.Values[0].Measure == first.Measure), results).ToList();
        var experiments = candidates
            .GroupBy(scores => Repetitions.ExperimentOf(scores.Stage.Stage), StringComparer.Ordinal)
            .Select(scores => scores.ToList()).ToList();
        var onValidation = experiments.TrueForAll(scores => scores.TrueForAll(one => one.OnValidation is not null));
        var ranked = experiments.ConvertAll(scores => (Scores: scores, Rank: RankOf(scores, onValidation, first.Described.IsLowerBetter)));
        var best = ranked.Max(experiment => experiment.Rank);
        var chosen = ranked.FindAll(experiment => experiment.Rank == best || Math.Abs(experiment.Rank - best) <= Equal * Math.Abs(best))
            .ConvertAll(experiment => experiment.Scores);
        return new(
            chosen[0].Count == 1 ? chosen[0][0] : MeanOf(chosen[0]), chosen[0], [.. chosen.Skip(1).Select(scores => scores[0])],
            onValidation, candidates);
    }

    // One head of a network may tell the letter and another the whole code: neither is better than the other.
    private static IEnumerable<Scores> AskedTheSame(IEnumerable<Scores> all, IReadOnlyList<StageResult> results)
    {
        var stages = all.GroupBy(scores => scores.Stage.Stage.Base, StringComparer.Ordinal)
            .Select(cells => AskedMost([.. cells], results)).ToList();
        var asked = new Lazy<IReadOnlyList<string>>(() => LabelsOf(stages[0][0]));
        return stages.Take(1).Concat(stages.Skip(1).Where(stage =>
            LabelsOf(stage[0]) is var labels && (labels.Count == 0 || asked.Value.Count == 0
                || labels.SequenceEqual(asked.Value, StringComparer.Ordinal)))).SelectMany(stage => stage);
    }

    // Cells of one stage may ask for more and more of a label: whoever knows the whole of it knows its beginnings.
    private static List<Scores> AskedMost(List<Scores> cells, IReadOnlyList<StageResult> results)
    {
        if (cells.Count < 2)
            return cells;
        var lengths = cells.ConvertAll(cell => LabelLength.Rank(LabelLength.Before(cell.Stage.Id, results)));
        var most = lengths.Max();
        return [.. cells.Where((_, i) => lengths[i] == most)];
    }

    private static IReadOnlyList<string> LabelsOf(Scores scores) => RunTables.Labels(scores.Stage, scores.Split);

    /// <summary>A score that is not finite is never the best.</summary>
    private static double RankOf(List<Scores> experiment, bool onValidation, bool isLowerBetter)
    {
        var mean = experiment.Average(scores => onValidation ? scores.OnValidation!.Value : scores.Values[0].Value);
        return !double.IsFinite(mean) ? double.NegativeInfinity : isLowerBetter ? -mean : mean;
    }

    private static Scores MeanOf(List<Scores> repetitions) => repetitions[0] with
    {
        Values = [.. repetitions[0].Values.Select((score, i) =>
            Spread.Of(repetitions.Select(scores => scores.Values.ElementAtOrDefault(i)?.Value)) is { } spread
                ? score with { Value = spread.Mean, Deviation = spread.Deviation, Low = null, High = null }
                : score)],
    };
}
