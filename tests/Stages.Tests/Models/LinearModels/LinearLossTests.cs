using Pipelines.Stages.Models.LinearModels;
using Pipelines.Stages.Training;

namespace Pipelines.Tests.Stages.Models.LinearModels;

/// <summary>What a report says is minimized has its minimum where the search ends.</summary>
public sealed class LinearLossTests
{
    private const double C = 3;
    private const double Step = 1e-3;

    private static readonly StoppingRule Exact = new(1e-10, 100_000);

    [Theory]
    [InlineData("labels", ClassWeights.Equal)]
    [InlineData("labels", ClassWeights.Balanced)]
    [InlineData("two_labels", ClassWeights.Equal)]
    [InlineData("two_labels", ClassWeights.Balanced)]
    public void The_formula_of_logistic_regression_is_least_at_the_weights_found(string labels, ClassWeights weights)
    {
        var rows = Unequal(labels);
        PresentClasses classes = new(rows);
        var found = new LogisticRegression(rows, classes.Costs(C, weights)).Fit(Exact, (_, _) => { }).Found.Weights;
        // Coefficients word after word, then the intercepts.
        var columns = found.Length / (rows.Words + 1);

        IsLeast(found, at => Squares(at[..(rows.Words * columns)]) / 2 - (C * rows.Rows.Select((row, i) =>
            Share(rows, weights, rows.Targets[i]) * Math.Log(Probability(row, rows.Targets[i], at))).Sum()));

        var formula = new LinearLoss(C, weights, rows.Classes).OfLogisticRegression();
        Assert.Equal(
            weights == ClassWeights.Equal ? "L = ½ Σ w² − C Σᵢ log pᵢ(yᵢ)" : "L = ½ Σ w² − C Σᵢ v(yᵢ) log pᵢ(yᵢ)",
            formula.Lines[0]);
        Assert.Equal(C, formula.Values["c"]);

        double Probability(SparseRow row, int target, double[] at)
        {
            double Score(int column) => at[(rows.Words * columns) + column] + Product(row, word => at[(word * columns) + column]);
            return columns == 1
                ? target == 1 ? 1 / (1 + Math.Exp(-Score(0))) : 1 - (1 / (1 + Math.Exp(-Score(0))))
                : Math.Exp(Score(target)) / Enumerable.Range(0, columns).Sum(other => Math.Exp(Score(other)));
        }
    }

    [Theory]
    [InlineData("labels", ClassWeights.Equal, "L_c = ½ (Σ w_c² + b_c²) + C Σᵢ max(0, 1 − sᵢ (w_c · xᵢ + b_c))²")]
    [InlineData("labels", ClassWeights.Balanced, "L_c = ½ (Σ w_c² + b_c²) + C Σᵢ vᵢ max(0, 1 − sᵢ (w_c · xᵢ + b_c))²")]
    [InlineData("two_labels", ClassWeights.Equal, "L = ½ (Σ w² + b²) + C Σᵢ max(0, 1 − sᵢ (w · xᵢ + b))²")]
    [InlineData("two_labels", ClassWeights.Balanced, "L = ½ (Σ w² + b²) + C Σᵢ v(yᵢ) max(0, 1 − sᵢ (w · xᵢ + b))²")]
    public void The_formula_of_support_vectors_is_least_at_the_weights_found(string labels, ClassWeights weights, string written)
    {
        var rows = Unequal(labels);
        var (found, _) = new LinearSvm(rows).Fit(new PresentClasses(rows).Costs(C, weights), C, Exact, (_, _) => { });
        var isPair = rows.Classes == 2;

        for (var c = isPair ? 1 : 0; c < rows.Classes; c++)
        {
            double[] own = [
                .. Enumerable.Range(0, rows.Words).Select(word => found.Coefficients[(word * rows.Classes) + c]), found.Intercepts[c]];
            IsLeast(own, at => (Squares(at) / 2) + (C * rows.Rows.Select((row, i) =>
            {
                var sign = rows.Targets[i] == c ? 1 : -1;
                var share = isPair || sign == 1 ? Share(rows, weights, rows.Targets[i]) : 1;
                var missing = Math.Max(0, 1 - (sign * (Product(row, word => at[word]) + at[^1])));
                return share * missing * missing;
            }).Sum()));
        }

        Assert.Equal(written, new LinearLoss(C, weights, rows.Classes).OfSupportVectors().Lines[0]);
    }

    // Twice the first row, so that no two classes weigh the same by chance.
    private static FeatureRows Unequal(string labels)
    {
        var rows = Oracles.Rows(Oracles.Tfidf(), labels);
        return rows with { Rows = [.. rows.Rows, rows.Rows[0]], Targets = [.. rows.Targets, rows.Targets[0]] };
    }

    private static void IsLeast(double[] found, Func<double[], double> loss)
    {
        var least = loss(found);
        for (var i = 0; i < found.Length; i++)
            foreach (var step in new[] { -Step, Step })
            {
                var other = found.ToArray();
                other[i] += step;
                Assert.True(loss(other) > least, $"weight {i}, {step}");
            }
    }

    private static double Share(FeatureRows rows, ClassWeights weights, int c) => weights == ClassWeights.Equal ? 1
        : rows.Count / ((double)rows.Classes * rows.Targets.Count(target => target == c));

    private static double Squares(IEnumerable<double> values) => values.Sum(value => value * value);

    private static double Product(SparseRow row, Func<int, double> weight) =>
        row.Words.Zip(row.Values).Sum(x => weight(x.First) * x.Second);
}
