using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Models.LinearModels;

/// <summary>
/// Linear support vector machines as scikit-learn's LinearSVC: squared hinge loss, L2 penalty on coefficients and intercept, one class
/// against the rest. Found by dual coordinate descent (Hsieh and others, A Dual Coordinate Descent Method for Large-scale Linear SVM,
/// 2008).
/// </summary>
internal sealed class LinearSvm(FeatureRows data)
{
    // The optimum does not depend on the order; a fixed one gives the same last digits every time.
    private const ulong OrderSeed = 0;

    private readonly double[] _lengths = [.. data.Rows.Select(row => row.Values.Sum(value => value * value) + 1)];

    /// <param name="costs">C by class, times what its rows count. As in LIBLINEAR, only a class's own rows do so, unless there are two
    /// classes.</param>
    /// <param name="c">C of the rest.</param>
    /// <param name="progress">Called with the class and the number of each iteration.</param>
    public (LinearWeights Weights, Optimum Worst) Fit(double[] costs, double c, StoppingRule stop, Action<int, int> progress)
    {
        if (data.Classes == 2)
        {
            var found = Separate(1, costs[1], costs[0], stop, iteration => progress(1, iteration));
            return (new LinearWeights(found.Weights[data.Words..], found.Weights[..data.Words]).OfTwoClasses(), found);
        }
        LinearWeights weights = new(new double[data.Classes], new double[data.Words * data.Classes]);
        Optimum? worst = null;
        for (var target = 0; target < data.Classes; target++)
        {
            var found = Separate(target, costs[target], c, stop, iteration => progress(target, iteration));
            weights.Intercepts[target] = found.Weights[data.Words];
            for (var word = 0; word < data.Words; word++)
                weights.Coefficients[(word * data.Classes) + target] = found.Weights[word];
            worst = worst is null || found.Iterations > worst.Iterations ? found : worst;
        }
        return (weights, worst!);
    }

    /// <summary>The coefficients, and the intercept after them, that tell a class from the rest.</summary>
    private Optimum Separate(int target, double cost, double restCost, StoppingRule stop, Action<int> progress)
    {
        var (weights, alphas) = (new double[data.Words + 1], new double[data.Count]);
        var order = Enumerable.Range(0, data.Count).ToArray();
        for (var iteration = 1; iteration <= stop.MaxIterations; iteration++)
        {
            new SeededRandom(OrderSeed, RandomStreams.CoordinateOrder, (ulong)target, (ulong)iteration).Shuffle<int>(order);
            var (highest, lowest) = (double.NegativeInfinity, double.PositiveInfinity);
            foreach (var row in order)
            {
                var isTarget = data.Targets[row] == target;
                var slope = Step(row, isTarget ? 1 : -1, 1 / (2 * (isTarget ? cost : restCost)), weights, alphas);
                (highest, lowest) = (Math.Max(highest, slope), Math.Min(lowest, slope));
            }
            progress(iteration);
            if (highest - lowest <= stop.Tolerance)
                return new(weights, iteration, Converged: true);
        }
        return new(weights, stop.MaxIterations, Converged: false);
    }

    /// <summary>Moves the dual variable of a row to where the objective is least; 0 is its lower bound.</summary>
    /// <param name="diagonal">What the squared loss adds to the row's own product.</param>
    /// <returns>The slope before, 0 where the bound holds the variable.</returns>
    private double Step(int row, double sign, double diagonal, double[] weights, double[] alphas)
    {
        var (features, alpha) = (data.Rows[row], alphas[row]);
        var score = weights[data.Words];
        for (var i = 0; i < features.Words.Length; i++)
            score += features.Values[i] * weights[features.Words[i]];
        var slope = (sign * score) - 1 + (diagonal * alpha);
        if (alpha == 0 && slope >= 0)
            return 0;
        alphas[row] = Math.Max(0, alpha - (slope / (_lengths[row] + diagonal)));
        var move = (alphas[row] - alpha) * sign;
        weights[data.Words] += move;
        for (var i = 0; i < features.Words.Length; i++)
            weights[features.Words[i]] += move * features.Values[i];
        return slope;
    }
}
