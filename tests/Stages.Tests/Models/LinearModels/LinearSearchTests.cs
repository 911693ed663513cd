using System.Text.Json.Nodes;
using Pipelines.Stages.Models.LinearModels;
using Pipelines.Stages.Training;

namespace Pipelines.Tests.Stages.Models.LinearModels;

/// <summary>Weights that are searched for are those that scikit-learn finds.</summary>
public sealed class LinearSearchTests
{
    private static readonly StoppingRule Exact = new(1e-8, 100_000);

    private static readonly TfidfWeights Tfidf = Oracles.Tfidf();

    [Theory]
    [InlineData("logistic", "labels", 1, ClassWeights.Equal)]
    [InlineData("logistic_weak", "labels", 0.1, ClassWeights.Equal)]
    [InlineData("logistic_of_two", "two_labels", 1, ClassWeights.Equal)]
    [InlineData("logistic_balanced", "two_labels", 1, ClassWeights.Balanced)]
    public void Logistic_regression_is_that_of_scikit_learn(string oracle, string labels, double c, ClassWeights classWeights)
    {
        var rows = Oracles.Rows(Tfidf, labels);

        var (weights, found) = new LogisticRegression(rows, new PresentClasses(rows).Costs(c, classWeights)).Fit(Exact, (_, _) => { });

        Assert.True(found.Converged);
        Same(Oracles.Of(oracle), weights, 1e-5);
        var model = Oracles.Model(weights, Tfidf);
        foreach (var (text, expected) in Oracles.Test.Zip(Oracles.Matrix(Oracles.Of(oracle)["test"]!)))
            Oracles.Near(expected, model.Probabilities(text).Select(probability => (double)probability), 1e-5);
    }

    [Theory]
    [InlineData("svm", "labels", 1, ClassWeights.Equal)]
    [InlineData("svm_strong", "labels", 10, ClassWeights.Equal)]
    [InlineData("svm_of_two", "two_labels", 1, ClassWeights.Equal)]
    [InlineData("svm_balanced", "two_labels", 1, ClassWeights.Balanced)]
    public void Support_vector_machines_are_those_of_scikit_learn(string oracle, string labels, double c, ClassWeights classWeights)
    {
        var rows = Oracles.Rows(Tfidf, labels);

        var (weights, worst) = new LinearSvm(rows).Fit(new PresentClasses(rows).Costs(c, classWeights), c, Exact, (_, _) => { });

        Assert.True(worst.Converged);
        Same(Oracles.Of(oracle), weights, 1e-5);
    }

    [Fact]
    public void A_class_without_rows_changes_nothing_for_the_others()
    {
        var rows = Oracles.Rows(Tfidf, "two_labels");
        var gap = rows with { Targets = [.. rows.Targets.Select(target => 2 * target)], Classes = 4 };
        PresentClasses classes = new(gap);

        LogisticRegression regression = new(classes.Rows, classes.Costs(1, ClassWeights.Equal));
        var weights = classes.Spread(regression.Fit(Exact, (_, _) => { }).Weights);

        var probabilities = Oracles.Model(weights, Tfidf).Probabilities(Oracles.Test[0]);
        Assert.Equal((0f, 0f), (probabilities[1], probabilities[3]));
        Oracles.Near(
            Oracles.Matrix(Oracles.Of("logistic_of_two")["test"]!)[0], [probabilities[0], probabilities[2]], 1e-5);
    }

    [Fact]
    public void A_search_that_runs_out_of_iterations_says_so()
    {
        var rows = Oracles.Rows(Tfidf);
        double[] costs = [1, 1, 1];
        Assert.False(new LogisticRegression(rows, costs).Fit(new(1e-9, 2), (_, _) => { }).Found.Converged);
        Assert.False(new LinearSvm(rows).Fit(costs, 1, new(1e-9, 2), (_, _) => { }).Worst.Converged);
    }

    /// <summary>Rosenbrock's valley is curved and no convex function: it asks more of the search than any regression here.</summary>
    [Fact]
    public void The_search_follows_a_curved_valley()
    {
        var found = new Lbfgs((at, gradient) =>
        {
            var (x, y) = (at[0], at[1]);
            (gradient[0], gradient[1]) = ((-400 * x * (y - (x * x))) - (2 * (1 - x)), 200 * (y - (x * x)));
            return (100 * (y - (x * x)) * (y - (x * x))) + ((1 - x) * (1 - x));
        }).Minimize([-1.2, 1], new(1e-9, 200), (_, _) => { });

        Assert.True(found.Converged);
        Oracles.Near([1, 1], found.Weights, 1e-8);
    }

    /// <summary>Ours have a weight a class also for two classes, where scikit-learn has those of the second one only.</summary>
    private static void Same(JsonNode oracle, LinearWeights weights, double tolerance)
    {
        var coefficients = Oracles.Matrix(oracle["coefficients"]!);
        double[] intercepts = [.. oracle["intercepts"]!.AsArray().Select(value => (double)value!)];
        var classes = weights.Intercepts.Length;
        var first = classes - coefficients.Length;
        Oracles.Near(intercepts, weights.Intercepts[first..], tolerance);
        for (var target = 0; target < coefficients.Length; target++)
            Oracles.Near(coefficients[target],
                Enumerable.Range(0, coefficients[target].Length).Select(word => weights.Coefficients[(word * classes) + first + target]),
                tolerance);
    }
}
