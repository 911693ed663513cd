namespace Pipelines.Stages.Measures;

/// <summary>Accuracy, and F1 over the labels that occur, true or predicted (0 where nothing can be divided).</summary>
internal readonly record struct LabelScores(double Accuracy, double MacroF1, double WeightedF1)
{
    public static double AccuracyOf(bool[] correct, int[] rows)
    {
        var right = 0;
        foreach (var row in rows)
            right += correct[row] ? 1 : 0;
        return right / (double)rows.Length;
    }

    /// <param name="labels">By row, the number of its true label.</param>
    /// <param name="predicted">By row, the number of the predicted label.</param>
    /// <param name="count">Of different labels.</param>
    /// <param name="rows">Those that are measured; a row may occur several times.</param>
    public static LabelScores Of(int[] labels, int[] predicted, bool[] correct, int count, int[] rows)
    {
        Span<int> hits = new int[count], supports = new int[count], answers = new int[count];
        foreach (var row in rows)
        {
            supports[labels[row]]++;
            answers[predicted[row]]++;
            hits[labels[row]] += labels[row] == predicted[row] ? 1 : 0;
        }
        double sum = 0, weighted = 0;
        var present = 0;
        for (var label = 0; label < count; label++)
        {
            if (supports[label] + answers[label] == 0)
                continue;
            present++;
            var f1 = ClassScores.F1Of(hits[label], answers[label], supports[label]);
            sum += f1;
            weighted += f1 * supports[label];
        }
        return new(AccuracyOf(correct, rows), present == 0 ? 0 : sum / present, weighted / rows.Length);
    }
}
