namespace Pipelines.Stages.Measures;

/// <summary>
/// scikit-learn's classification report with <c>zero_division=0</c>: the classes that occur, true or predicted, and their averages.
/// </summary>
internal sealed class ClassificationReport
{
    private ClassificationReport(IReadOnlyList<(string Name, ClassScores Scores)> classes, long correct, long rows)
    {
        Classes = classes;
        Correct = correct;
        Rows = rows;
        var scores = classes.Select(entry => entry.Scores).ToList();
        Macro = ClassScores.Mean(scores);
        Weighted = ClassScores.WeightedMean(scores);
    }

    /// <summary>In the order of the model's classes; labels unknown to the model follow, sorted.</summary>
    public IReadOnlyList<(string Name, ClassScores Scores)> Classes { get; }

    public long Correct { get; }

    public long Rows { get; }

    public double Accuracy => Rows == 0 ? 0 : Correct / (double)Rows;

    public ClassScores Macro { get; }

    public ClassScores Weighted { get; }

    /// <param name="order">Names of the classes in their order.</param>
    public static ClassificationReport Of(IEnumerable<(string True, string Predicted)> pairs, IReadOnlyList<string> order)
    {
        var counts = new Dictionary<string, (long Hits, long Predicted, long Support)>(StringComparer.Ordinal);
        var (correct, rows) = (0L, 0L);
        foreach (var (truth, predicted) in pairs)
        {
            var hit = truth == predicted ? 1 : 0;
            Add(truth, hit, 0, 1);
            Add(predicted, 0, 1, 0);
            (correct, rows) = (correct + hit, rows + 1);
        }
        var known = order.Where(counts.ContainsKey).ToList();
        var others = counts.Keys.Except(known, StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return new([.. known.Concat(others).Select(name => (name, Scores(counts[name])))], correct, rows);

        void Add(string name, int hits, int predicted, int support)
        {
            var old = counts.GetValueOrDefault(name);
            counts[name] = (old.Hits + hits, old.Predicted + predicted, old.Support + support);
        }
    }

    private static ClassScores Scores((long Hits, long Predicted, long Support) counts) =>
        ClassScores.Of(counts.Hits, counts.Predicted, counts.Support);
}
