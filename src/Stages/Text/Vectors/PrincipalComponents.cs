namespace Pipelines.Stages.Text.Vectors;

/// <summary>Points as far apart as they can be seen in two dimensions.</summary>
/// <param name="Points">Two numbers a vector.</param>
/// <param name="Shares">Of the variance, that each dimension shows.</param>
internal sealed record Plane(double[] Points, double[] Shares);

/// <summary>
/// The two directions in which vectors vary most, by the eigenvectors of their covariance (cyclic Jacobi rotations); the largest part of
/// each direction is positive, as in scikit-learn.
/// </summary>
internal static class PrincipalComponents
{
    private const int MaxSweeps = 60;

    public static Plane Of(WordVectors vectors)
    {
        var (count, width) = (vectors.Words.Count, vectors.Width);
        var centred = Centred(vectors);
        var covariance = new double[width, width];
        for (var a = 0; a < width; a++)
            for (var b = a; b < width; b++)
            {
                var sum = 0.0;
                for (var i = 0; i < count; i++)
                    sum += centred[(i * width) + a] * centred[(i * width) + b];
                covariance[a, b] = covariance[b, a] = sum / Math.Max(1, count - 1);
            }
        var directions = Diagonalize(covariance);
        var order = Enumerable.Range(0, width).OrderByDescending(i => covariance[i, i]).Take(2).ToArray();
        var total = Enumerable.Range(0, width).Sum(i => covariance[i, i]);
        var points = new double[2 * count];
        for (var d = 0; d < order.Length; d++)
            Project(centred, directions, order[d], points, d);
        return new(points, [.. order.Select(i => total > 0 ? covariance[i, i] / total : 0)]);
    }

    private static double[] Centred(WordVectors vectors)
    {
        var (count, width) = (vectors.Words.Count, vectors.Width);
        var centred = Array.ConvertAll(vectors.Values, value => (double)value);
        for (var d = 0; d < width; d++)
        {
            var mean = 0.0;
            for (var i = 0; i < count; i++)
                mean += centred[(i * width) + d] / count;
            for (var i = 0; i < count; i++)
                centred[(i * width) + d] -= mean;
        }
        return centred;
    }

    private static void Project(double[] centred, double[,] directions, int direction, double[] points, int dimension)
    {
        var width = directions.GetLength(0);
        var largest = Enumerable.Range(0, width).MaxBy(d => Math.Abs(directions[d, direction]));
        var sign = directions[largest, direction] < 0 ? -1 : 1;
        for (var i = 0; i < points.Length / 2; i++)
            for (var d = 0; d < width; d++)
                points[(2 * i) + dimension] += sign * centred[(i * width) + d] * directions[d, direction];
    }

    // Leaves the eigenvalues on the diagonal and gives the eigenvectors as columns.
    private static double[,] Diagonalize(double[,] matrix)
    {
        var size = matrix.GetLength(0);
        var vectors = new double[size, size];
        for (var i = 0; i < size; i++)
            vectors[i, i] = 1;
        for (var sweep = 0; sweep < MaxSweeps; sweep++)
        {
            var rest = 0.0;
            for (var p = 0; p < size; p++)
                for (var q = p + 1; q < size; q++)
                    rest += matrix[p, q] * matrix[p, q];
            if (rest < 1e-22)
                break;
            for (var p = 0; p < size; p++)
                for (var q = p + 1; q < size; q++)
                    Rotate(matrix, vectors, p, q);
        }
        return vectors;
    }

    private static void Rotate(double[,] matrix, double[,] vectors, int p, int q)
    {
        if (matrix[p, q] == 0)
            return;
        var theta = (matrix[q, q] - matrix[p, p]) / (2 * matrix[p, q]);
        var t = (theta < 0 ? -1 : 1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        var c = 1 / Math.Sqrt((t * t) + 1);
        var s = t * c;
        var size = matrix.GetLength(0);
        for (var k = 0; k < size; k++)
            (matrix[k, p], matrix[k, q]) = ((c * matrix[k, p]) - (s * matrix[k, q]), (s * matrix[k, p]) + (c * matrix[k, q]));
        for (var k = 0; k < size; k++)
            (matrix[p, k], matrix[q, k]) = ((c * matrix[p, k]) - (s * matrix[q, k]), (s * matrix[p, k]) + (c * matrix[q, k]));
        for (var k = 0; k < size; k++)
            (vectors[k, p], vectors[k, q]) = ((c * vectors[k, p]) - (s * vectors[k, q]), (s * vectors[k, p]) + (c * vectors[k, q]));
    }
}
