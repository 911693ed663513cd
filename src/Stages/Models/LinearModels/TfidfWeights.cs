namespace Pipelines.Stages.Models.LinearModels;

/// <summary>TF-IDF as scikit-learn's TfidfTransformer: counts times rarity, then each text divided by its length.</summary>
/// <param name="Idf">By word, ln(texts / texts that have it) + 1.</param>
/// <param name="Sublinear">1 + ln(count) instead of the count.</param>
internal sealed record TfidfWeights(float[] Idf, bool Sublinear)
{
    /// <param name="smooth">Counts one further text that has every word, so that none is divided by 0.</param>
    public static TfidfWeights Fit(IReadOnlyCollection<SparseRow> texts, int words, bool smooth, bool sublinear)
    {
        var having = new int[words];
        foreach (var text in texts)
            foreach (var word in text.Words)
                having[word]++;
        var more = smooth ? 1 : 0;
        // A word that no text has counts for nothing, as there is nothing to divide by.
        return new([.. having.Select(count => count + more == 0 ? 0 : Rarity(texts.Count + more, count + more))], sublinear);

        static float Rarity(int all, int having) => (float)(Math.Log(all / (double)having) + 1);
    }

    public SparseRow Apply(SparseRow counts)
    {
        var values = new double[counts.Values.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = (Sublinear ? 1 + Math.Log(counts.Values[i]) : counts.Values[i]) * Idf[counts.Words[i]];
        var length = Math.Sqrt(values.Sum(value => value * value));
        return new(counts.Words, length == 0 ? values : Array.ConvertAll(values, value => value / length));
    }
}
