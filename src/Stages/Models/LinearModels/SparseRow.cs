namespace Pipelines.Stages.Models.LinearModels;

/// <summary>The features of a text that are not 0.</summary>
/// <param name="Words">Their numbers, rising.</param>
/// <param name="Values">One a word.</param>
internal sealed record SparseRow(int[] Words, double[] Values)
{
    /// <summary>Adds this row times a matrix that has its rows, one a word, one after the other.</summary>
    /// <param name="sums">One a column of the matrix.</param>
    public void AddProduct(ReadOnlySpan<double> matrix, Span<double> sums)
    {
        for (var i = 0; i < Words.Length; i++)
        {
            var weights = matrix.Slice(Words[i] * sums.Length, sums.Length);
            for (var column = 0; column < sums.Length; column++)
                sums[column] += Values[i] * weights[column];
        }
    }

    /// <summary>Adds to such a matrix this row, times a factor for each column.</summary>
    public void AddTo(Span<double> matrix, ReadOnlySpan<double> factors)
    {
        for (var i = 0; i < Words.Length; i++)
        {
            var weights = matrix.Slice(Words[i] * factors.Length, factors.Length);
            for (var column = 0; column < factors.Length; column++)
                weights[column] += Values[i] * factors[column];
        }
    }
}
