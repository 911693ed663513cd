namespace Pipelines.Stages.Text.Vectors;

/// <summary>
/// How near vectors are, as t-SNE sees it (van der Maaten and Hinton, 2008): a normal distribution around each point, as wide as makes its
/// perplexity the wanted one, made symmetric. The sum over all pairs is 1.
/// </summary>
internal static class Neighbourhoods
{
    private const int MaxSteps = 100;
    private const double Tolerance = 1e-5;

    /// <returns>Row after row; zeros on the diagonal.</returns>
    public static double[] Of(WordVectors vectors, double perplexity)
    {
        var conditional = Conditional(vectors, perplexity);
        var count = vectors.Words.Count;
        var joint = new double[count * count];
        for (var i = 0; i < count; i++)
            for (var j = 0; j < count; j++)
                joint[(i * count) + j] = (conditional[(i * count) + j] + conditional[(j * count) + i]) / (2 * count);
        return joint;
    }

    /// <summary>Of j given i, in row i.</summary>
    public static double[] Conditional(WordVectors vectors, double perplexity)
    {
        var count = vectors.Words.Count;
        var near = new double[count * count];
        Parallel.For(0, count, i => Fill(near.AsSpan(i * count, count), Distances(vectors, i), i, Math.Log(perplexity)));
        return near;
    }

    private static double[] Distances(WordVectors vectors, int from)
    {
        var distances = new double[vectors.Words.Count];
        for (var j = 0; j < distances.Length; j++)
        {
            var a = vectors[from];
            var b = vectors[j];
            for (var d = 0; d < a.Length; d++)
                distances[j] += (double)(a[d] - b[d]) * (a[d] - b[d]);
        }
        return distances;
    }

    // Halves the interval in which the precision lies that gives the entropy.
    private static void Fill(Span<double> row, double[] distances, int self, double entropy)
    {
        var (low, high, precision) = (0.0, double.PositiveInfinity, 1.0);
        for (var step = 0; step < MaxSteps; step++)
        {
            var difference = Entropy(row, distances, self, precision) - entropy;
            if (Math.Abs(difference) < Tolerance)
                return;
            if (difference > 0)
                low = precision;
            else
                high = precision;
            precision = double.IsInfinity(high) ? 2 * precision : (low + high) / 2;
        }
    }

    private static double Entropy(Span<double> row, double[] distances, int self, double precision)
    {
        // The nearest neighbour has the exponent 0, so that the sum never vanishes.
        var nearest = double.PositiveInfinity;
        for (var j = 0; j < distances.Length; j++)
            if (j != self)
                nearest = Math.Min(nearest, distances[j]);
        var (sum, weighted) = (0.0, 0.0);
        for (var j = 0; j < distances.Length; j++)
        {
            row[j] = j == self ? 0 : Math.Exp(-precision * (distances[j] - nearest));
            sum += row[j];
            weighted += row[j] * (distances[j] - nearest);
        }
        for (var j = 0; j < row.Length; j++)
            row[j] /= sum;
        return Math.Log(sum) + (precision * weighted / sum);
    }
}
