using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Torch;

/// <summary>How word vectors start.</summary>
public enum EmbeddingInitializer
{
    /// <summary>Between -0.05 and 0.05, as Keras does.</summary>
    Uniform,

    /// <summary>From the standard normal distribution, as PyTorch does: learns faster in the first epochs.</summary>
    Normal,
}

/// <summary>Starting values of weights, as Keras draws them.</summary>
internal static class Initializers
{
    public static float[] Uniform(SeededRandom random, int count, double limit)
    {
        var values = new float[count];
        for (var i = 0; i < count; i++)
            values[i] = (float)(((2 * random.NextDouble()) - 1) * limit);
        return values;
    }

    public static float[] Embedding(SeededRandom random, int count, EmbeddingInitializer start)
    {
        if (start == EmbeddingInitializer.Uniform)
            return Uniform(random, count, 0.05);
        var values = new float[count];
        for (var i = 0; i < count; i++)
            values[i] = (float)random.NextNormal();
        return values;
    }

    /// <summary>Uniform within ±sqrt(6 / (inputs + outputs)).</summary>
    public static float[] GlorotUniform(SeededRandom random, int inputs, int outputs) =>
        GlorotUniform(random, inputs, outputs, inputs * outputs);

    public static float[] GlorotUniform(SeededRandom random, int inputs, int outputs, int count) =>
        Uniform(random, count, Math.Sqrt(6.0 / (inputs + outputs)));

    /// <summary>Rows that are orthogonal to each other and of length 1 (modified Gram-Schmidt on normal numbers, twice for
    /// precision).</summary>
    /// <exception cref="ArgumentException">There are more rows than columns.</exception>
    public static float[] Orthogonal(SeededRandom random, int rows, int columns)
    {
        if (rows > columns)
            throw new ArgumentException($"{rows} rows of {columns} numbers cannot be orthogonal.");
        var matrix = new double[rows][];
        for (var r = 0; r < rows; r++)
        {
            var row = matrix[r] = new double[columns];
            for (var c = 0; c < columns; c++)
                row[c] = random.NextNormal();
            for (var pass = 0; pass < 2; pass++)
                for (var earlier = 0; earlier < r; earlier++)
                    Subtract(row, matrix[earlier], Dot(row, matrix[earlier]));
            Subtract(row, row, 1 - (1 / Math.Sqrt(Dot(row, row))));
        }
        return [.. matrix.SelectMany(row => row.Select(value => (float)value))];
    }

    private static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    private static void Subtract(double[] from, double[] row, double factor)
    {
        for (var i = 0; i < from.Length; i++)
            from[i] -= factor * row[i];
    }
}
