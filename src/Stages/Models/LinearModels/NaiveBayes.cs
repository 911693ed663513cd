namespace Pipelines.Stages.Models.LinearModels;

/// <summary>
/// Multinomial naive Bayes as scikit-learn's MultinomialNB: a class has its share of the texts, a word its share of the class.
/// </summary>
internal static class NaiveBayes
{
    /// <param name="alpha">Added to the count of every word in every class, so that no word rules a class out.</param>
    /// <param name="uniformPrior">Every class is as likely as any other before a word is read.</param>
    public static LinearWeights Fit(FeatureRows data, double alpha, bool uniformPrior = false)
    {
        var texts = new double[data.Classes];
        var counts = new double[data.Words * data.Classes];
        var target = new double[data.Classes];
        for (var row = 0; row < data.Count; row++)
        {
            target[data.Targets[row]] = 1;
            texts[data.Targets[row]]++;
            data.Rows[row].AddTo(counts, target);
            target[data.Targets[row]] = 0;
        }
        var totals = new double[data.Classes];
        for (var i = 0; i < counts.Length; i++)
            totals[i % data.Classes] += counts[i] += alpha;
        for (var i = 0; i < counts.Length; i++)
            counts[i] = Math.Log(counts[i]) - Math.Log(totals[i % data.Classes]);
        var present = texts.Count(count => count > 0);
        return new(
            Array.ConvertAll(texts, count => count == 0 ? double.NegativeInfinity
                : uniformPrior ? -Math.Log(present) : Math.Log(count / data.Count)),
            counts);
    }
}
