namespace Pipelines.Stages.Models.LinearModels;

/// <summary>What a search for weights ended with.</summary>
/// <param name="Converged">False where it ran out of iterations first.</param>
internal sealed record Optimum(double[] Weights, int Iterations, bool Converged);

/// <summary>When a search for weights ends.</summary>
/// <param name="Tolerance">How far from flat the objective may be.</param>
internal sealed record StoppingRule(double Tolerance, int MaxIterations);

/// <summary>
/// Minimizes a smooth convex function by limited-memory BFGS (Nocedal and Wright, Numerical Optimization, algorithms 7.4 and 7.5); steps
/// are halved until the function falls enough (Armijo). Convexity makes every step one of positive curvature.
/// </summary>
/// <param name="function">From weights to the value; fills in the gradient.</param>
internal sealed class Lbfgs(Func<double[], double[], double> function)
{
    private const int Memory = 10;
    private const double EnoughDecrease = 1e-4;
    private const double MinStep = 1e-20;
    private const double Rounding = 1e-15;

    private readonly LinkedList<(double[] Step, double[] Change, double Curvature)> _pairs = [];

    /// <param name="progress">Called with the number of each iteration and the value after it; may throw to end the search.</param>
    public Optimum Minimize(double[] start, StoppingRule stop, Action<int, double> progress)
    {
        var (weights, gradient) = (start, new double[start.Length]);
        var value = function(weights, gradient);
        for (var iteration = 1; iteration <= stop.MaxIterations; iteration++)
        {
            if (LargestMagnitude(gradient) <= stop.Tolerance)
                return new(weights, iteration - 1, Converged: true);
            var direction = Direction(gradient);
            var slope = Dot(direction, gradient);
            // Nothing is known of the curvature before the first step.
            var step = _pairs.Count == 0 ? Math.Min(1, 1 / Math.Sqrt(-slope)) : 1;
            double[] next, nextGradient = new double[weights.Length];
            double nextValue;
            // Close to the optimum the decrease is less than the rounding of the value.
            var allowance = Rounding * Math.Abs(value);
            while ((nextValue = function(next = Moved(weights, direction, step), nextGradient))
                > value + (EnoughDecrease * step * slope) + allowance)
                if ((step /= 2) < MinStep)
                    return new(weights, iteration, Converged: false);
            Remember(Difference(next, weights), Difference(nextGradient, gradient));
            (weights, gradient, value) = (next, nextGradient, nextValue);
            progress(iteration, value);
        }
        return new(weights, stop.MaxIterations, Converged: LargestMagnitude(gradient) <= stop.Tolerance);
    }

    /// <summary>The gradient times an estimate of the inverse Hessian, downwards.</summary>
    private double[] Direction(double[] gradient)
    {
        var direction = Array.ConvertAll(gradient, value => -value);
        Stack<double> alphas = new(Memory);
        for (var pair = _pairs.Last; pair is not null; pair = pair.Previous)
        {
            alphas.Push(Dot(pair.Value.Step, direction) / pair.Value.Curvature);
            Add(direction, pair.Value.Change, -alphas.Peek());
        }
        if (_pairs.Last is { Value: var latest })
        {
            var scale = latest.Curvature / Dot(latest.Change, latest.Change);
            for (var i = 0; i < direction.Length; i++)
                direction[i] *= scale;
        }
        foreach (var (step, change, curvature) in _pairs)
            Add(direction, step, alphas.Pop() - (Dot(change, direction) / curvature));
        return direction;
    }

    private void Remember(double[] step, double[] change)
    {
        var curvature = Dot(step, change);
        // Rounding alone can make it vanish.
        if (curvature <= 0)
            return;
        _pairs.AddLast((step, change, curvature));
        if (_pairs.Count > Memory)
            _pairs.RemoveFirst();
    }

    private static double[] Moved(double[] from, double[] direction, double step)
    {
        var to = (double[])from.Clone();
        Add(to, direction, step);
        return to;
    }

    private static double[] Difference(double[] minuend, double[] subtrahend) => Moved(minuend, subtrahend, -1);

    private static void Add(double[] to, double[] values, double factor)
    {
        for (var i = 0; i < to.Length; i++)
            to[i] += factor * values[i];
    }

    private static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    private static double LargestMagnitude(double[] values)
    {
        var largest = 0.0;
        foreach (var value in values)
            largest = Math.Max(largest, Math.Abs(value));
        return largest;
    }
}
