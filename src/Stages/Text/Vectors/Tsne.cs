namespace Pipelines.Stages.Text.Vectors;

/// <summary>
/// t-SNE (van der Maaten and Hinton, 2008), every pair counted: gradient descent with momentum and gains on the divergence of the
/// neighbourhoods in the plane from those of the vectors. Constants are scikit-learn's; its tree is not, which pays from some thousands on.
/// </summary>
internal sealed class Tsne
{
    private const double Exaggeration = 12;
    private const int ExaggeratedIterations = 250;
    private const double MinGain = 0.01;
    private const double MinLearningRate = 50;

    private readonly double[] _near;
    private readonly int _count;

    // The first dimension of all points, then the second.
    private readonly double[] _points;
    private readonly double[] _gradient;
    private readonly double[] _step;
    private readonly double[] _gains;

    /// <param name="near">From <see cref="Neighbourhoods"/>.</param>
    /// <param name="start">Two numbers a point.</param>
    public Tsne(double[] near, double[] start)
    {
        (_near, _count) = (near, start.Length / 2);
        _points = [.. start.Where((_, d) => d % 2 == 0), .. start.Where((_, d) => d % 2 == 1)];
        (_gradient, _step, _gains) = (new double[start.Length], new double[start.Length], new double[start.Length]);
        Array.Fill(_gains, 1);
    }

    /// <summary>Two numbers a point.</summary>
    public IReadOnlyList<double> Points => Pairs(_points);

    /// <summary>Moves all points so many times.</summary>
    public void Run(int iterations, Action<int> progress, CancellationToken cancellation)
    {
        var rate = Math.Max(_count / Exaggeration / 4, MinLearningRate);
        for (var i = 0; i < iterations; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var isEarly = i < ExaggeratedIterations;
            FillGradient(isEarly ? Exaggeration : 1);
            Move(rate, momentum: isEarly ? 0.5 : 0.8);
            progress(i + 1);
        }
    }

    /// <summary>Kullback-Leibler divergence of the plane from the vectors.</summary>
    public double Divergence()
    {
        var forces = Forces();
        var total = forces.Sum(force => force.Affinity);
        var divergence = 0.0;
        for (var i = 0; i < _count; i++)
            for (var j = 0; j < _count; j++)
                if (_near[(i * _count) + j] is > 0 and var near)
                    divergence += near * Math.Log(near * total * (1 + SquaredDistance(i, j)));
        return divergence;
    }

    /// <summary>Of the divergence, by the points: two numbers each.</summary>
    public double[] Gradient()
    {
        FillGradient(1);
        return Pairs(_gradient);
    }

    private void FillGradient(double exaggeration)
    {
        var forces = Forces();
        var total = forces.Sum(force => force.Affinity);
        for (var i = 0; i < _count; i++)
        {
            _gradient[i] = 4 * ((exaggeration * forces[i].Pull.X) - (forces[i].Push.X / total));
            _gradient[_count + i] = 4 * ((exaggeration * forces[i].Pull.Y) - (forces[i].Push.Y / total));
        }
    }

    // The same whatever the number of threads: the forces on a point are summed by one.
    private PointForces[] Forces()
    {
        var forces = new PointForces[_count];
        Parallel.For(0, _count, i => forces[i] = PointForces.On(
            i, _points.AsSpan(0, _count), _points.AsSpan(_count), _near.AsSpan(i * _count, _count)));
        return forces;
    }

    private double SquaredDistance(int i, int j)
    {
        var (dx, dy) = (_points[i] - _points[j], _points[_count + i] - _points[_count + j]);
        return (dx * dx) + (dy * dy);
    }

    private double[] Pairs(double[] values) => [.. Enumerable.Range(0, values.Length).Select(d => values[(d / 2) + (d % 2 * _count)])];

    private void Move(double rate, double momentum)
    {
        for (var d = 0; d < _points.Length; d++)
        {
            _gains[d] = Math.Max(MinGain, _step[d] * _gradient[d] < 0 ? _gains[d] + 0.2 : _gains[d] * 0.8);
            _step[d] = (momentum * _step[d]) - (rate * _gains[d] * _gradient[d]);
            _points[d] += _step[d];
        }
    }
}
