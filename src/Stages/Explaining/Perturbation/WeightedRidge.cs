using System.Numerics;
using System.Runtime.InteropServices;

namespace Pipelines.Stages.Explaining.Perturbation;

/// <summary>A linear model fitted to weighted observations.</summary>
/// <param name="Coefficients">One a column asked for.</param>
/// <param name="R2">Weighted share of the variance that the fit explains; 1 where nothing varies and nothing is left.</param>
internal sealed record LinearFit(double Intercept, double[] Coefficients, double R2);

/// <summary>
/// Weighted ridge regression with an intercept, which is not penalized, as scikit-learn's Ridge; the products of all columns are taken
/// once,
/// so that fits of many targets and of many choices of columns cost little.
/// </summary>
internal sealed class WeightedRidge
{
    private readonly IReadOnlyList<double[]> _rows;
    private readonly double[] _weights;
    private readonly double _total;
    private readonly double[] _means;
    private readonly double[] _products;

    /// <param name="rows">One an observation, all equally long.</param>
    /// <param name="weights">Above 0.</param>
    public WeightedRidge(IReadOnlyList<double[]> rows, double[] weights)
    {
        (_rows, _weights, _total) = (rows, weights, weights.Sum());
        Columns = rows.Count == 0 ? 0 : rows[0].Length;
        _means = new double[Columns];
        for (var row = 0; row < rows.Count; row++)
            AddScaled(rows[row], weights[row] / _total, _means);
        _products = new double[Columns * Columns];
        for (var row = 0; row < rows.Count; row++)
            for (var i = 0; i < Columns; i++)
                if (rows[row][i] != 0)
                    AddScaled(rows[row].AsSpan(i), weights[row] * rows[row][i], _products.AsSpan((i * Columns) + i, Columns - i));
        for (var i = 0; i < Columns; i++)
            for (var j = i; j < Columns; j++)
                _products[(j * Columns) + i] = _products[(i * Columns) + j] -= _total * _means[i] * _means[j];
    }

    public int Columns { get; }

    /// <param name="columns">Those that take part.</param>
    /// <param name="penalty">Of the squares of the coefficients.</param>
    /// <returns>Null where the columns depend on each other and nothing is penalized.</returns>
    public LinearFit? Fit(double[] target, ReadOnlySpan<int> columns, double penalty)
    {
        var mean = target.Zip(_weights, (value, weight) => value * weight).Sum() / _total;
        var moments = new double[Columns];
        for (var row = 0; row < target.Length; row++)
            AddScaled(_rows[row], _weights[row] * (target[row] - mean), moments);
        var matrix = new double[columns.Length * columns.Length];
        var right = new double[columns.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            right[i] = moments[columns[i]];
            for (var j = 0; j < columns.Length; j++)
                matrix[(i * columns.Length) + j] = _products[(columns[i] * Columns) + columns[j]];
            matrix[(i * columns.Length) + i] += penalty;
        }
        if (!Cholesky.Solve(matrix, right))
            return null;
        var intercept = mean;
        for (var i = 0; i < columns.Length; i++)
            intercept -= right[i] * _means[columns[i]];
        return new(intercept, right, R2(target, mean, intercept, right, columns));
    }

    private double R2(double[] target, double mean, double intercept, double[] coefficients, ReadOnlySpan<int> columns)
    {
        var (left, all) = (0.0, 0.0);
        for (var row = 0; row < target.Length; row++)
        {
            var fitted = intercept;
            for (var i = 0; i < columns.Length; i++)
                fitted += coefficients[i] * _rows[row][columns[i]];
            left += _weights[row] * (target[row] - fitted) * (target[row] - fitted);
            all += _weights[row] * (target[row] - mean) * (target[row] - mean);
        }
        // Of a target that does not vary only rounding is left.
        var rounding = _total * 1e-20 * Math.Max(1, mean * mean);
        return all > rounding ? 1 - (left / all) : left <= rounding ? 1 : 0;
    }

    private static void AddScaled(ReadOnlySpan<double> values, double factor, Span<double> sums)
    {
        var from = MemoryMarshal.Cast<double, Vector<double>>(values);
        var to = MemoryMarshal.Cast<double, Vector<double>>(sums);
        var scale = new Vector<double>(factor);
        for (var i = 0; i < to.Length; i++)
            to[i] += from[i] * scale;
        for (var i = to.Length * Vector<double>.Count; i < sums.Length; i++)
            sums[i] += values[i] * factor;
    }
}
