namespace Pipelines.Stages.Measures;

/// <summary>How accurate a model is where only its surest answers are taken.</summary>
internal static class Coverage
{
    private const int Points = 20;

    /// <returns>By share of the answers that is taken, surest first, the accuracy of these. Equal confidences are taken together.</returns>
    public static IReadOnlyList<(double Share, double Accuracy)> Of(IEnumerable<(double Confidence, bool Correct)> answers)
    {
        var sorted = answers.OrderByDescending(answer => answer.Confidence).ToList();
        List<(double Share, double Accuracy)> points = [];
        var (correct, next) = (0L, 1);
        for (var taken = 1; taken <= sorted.Count; taken++)
        {
            correct += sorted[taken - 1].Correct ? 1 : 0;
            if (taken * (long)Points < next * (long)sorted.Count)
                continue;
            if (taken < sorted.Count && sorted[taken].Confidence.Equals(sorted[taken - 1].Confidence))
                continue;
            points.Add((taken / (double)sorted.Count, correct / (double)taken));
            next = (int)(taken * (long)Points / sorted.Count) + 1;
        }
        return points;
    }
}
