namespace Pipelines.Stages.Models.LinearModels;

/// <summary>
/// Multinomial logistic regression with an L2 penalty as scikit-learn's LogisticRegression: C times the sum of the losses plus half the
/// squared coefficients; intercepts are free. Two classes share one set of coefficients.
/// </summary>
/// <param name="costs">C by class, times what its rows count.</param>
internal sealed class LogisticRegression(FeatureRows data, double[] costs)
{
    private readonly int _columns = data.Classes == 2 ? 1 : data.Classes;

    private int Coefficients => data.Words * _columns;

    public (LinearWeights Weights, Optimum Found) Fit(StoppingRule stop, Action<int, double> progress)
    {
        var found = new Lbfgs(Objective).Minimize(new double[Coefficients + _columns], stop, progress);
        LinearWeights weights = new(found.Weights[Coefficients..], found.Weights[..Coefficients]);
        return (_columns == 1 ? weights.OfTwoClasses() : weights, found);
    }

    private double Objective(double[] weights, double[] gradient)
    {
        Array.Clear(gradient);
        Span<double> coefficients = weights.AsSpan(0, Coefficients), intercepts = weights.AsSpan(Coefficients);
        Span<double> slopes = gradient.AsSpan(0, Coefficients), interceptSlopes = gradient.AsSpan(Coefficients);
        var value = 0.0;
        var scores = new double[_columns];
        for (var row = 0; row < data.Count; row++)
        {
            var (features, target) = (data.Rows[row], data.Targets[row]);
            intercepts.CopyTo(scores);
            features.AddProduct(coefficients, scores);
            value += costs[target] * (_columns == 1 ? LogisticLoss(scores, target) : SoftmaxLoss(scores, target));
            for (var column = 0; column < _columns; column++)
                interceptSlopes[column] += scores[column] *= costs[target];
            features.AddTo(slopes, scores);
        }
        for (var i = 0; i < coefficients.Length; i++)
        {
            value += coefficients[i] * coefficients[i] / 2;
            slopes[i] += coefficients[i];
        }
        return value;
    }

    /// <summary>The cross-entropy of one score; puts its derivative in the place of the score.</summary>
    private static double LogisticLoss(double[] scores, int target)
    {
        var score = scores[0];
        var rest = Math.Exp(-Math.Abs(score));
        scores[0] = ((score >= 0 ? 1 : rest) / (1 + rest)) - target;
        return Math.Max(score, 0) - (score * target) + Math.Log(1 + rest);
    }

    /// <summary>The cross-entropy of a score a class; puts its derivatives in the place of the scores.</summary>
    private static double SoftmaxLoss(double[] scores, int target)
    {
        var (highest, own, sum) = (scores.Max(), scores[target], 0.0);
        for (var column = 0; column < scores.Length; column++)
            sum += scores[column] = Math.Exp(scores[column] - highest);
        for (var column = 0; column < scores.Length; column++)
            scores[column] /= sum;
        scores[target]--;
        return Math.Log(sum) + highest - own;
    }
}
