namespace Pipelines.Stages.Explaining.Perturbation;

/// <summary>Solves systems whose matrix is symmetric and positive definite.</summary>
internal static class Cholesky
{
    // Of a column that is a sum of others only rounding is left.
    private const double MinPivot = 1e-12;

    /// <param name="matrix">Row after row; its lower half becomes the factor.</param>
    /// <param name="right">Becomes the solution.</param>
    /// <returns>False where the matrix is singular.</returns>
    public static bool Solve(double[] matrix, double[] right)
    {
        var n = right.Length;
        for (var i = 0; i < n; i++)
        {
            var row = matrix.AsSpan(i * n, n);
            var diagonal = row[i];
            for (var j = 0; j <= i; j++)
            {
                var sum = row[j] - Dot(row[..j], matrix.AsSpan(j * n, j));
                if (j < i)
                    row[j] = sum / matrix[(j * n) + j];
                else if (sum <= MinPivot * Math.Max(1, diagonal))
                    return false;
                else
                    row[i] = Math.Sqrt(sum);
            }
        }
        for (var i = 0; i < n; i++)
            right[i] = (right[i] - Dot(right.AsSpan(0, i), matrix.AsSpan(i * n, i))) / matrix[(i * n) + i];
        for (var i = n - 1; i >= 0; i--)
        {
            right[i] /= matrix[(i * n) + i];
            for (var j = 0; j < i; j++)
                right[j] -= right[i] * matrix[(i * n) + j];
        }
        return true;
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
