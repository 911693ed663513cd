using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Measures;

namespace Pipelines.Tests.Stages.Measures;

public sealed class MeasureTests
{
    [Fact]
    public void Reports_are_those_of_scikit_learn()
    {
        var report = Report(["0", "1", "2", "2", "2"], ["0", "0", "2", "2", "1"]);
        Assert.Equal([(0.5, 1, 0.67, 1), (0, 0, 0, 1), (1, 0.67, 0.8, 3)], report.Classes.Select(entry => Rounded(entry.Scores)));
        Assert.Equal(0.6, report.Accuracy);
        Assert.Equal((0.5, 0.56, 0.49, 5), Rounded(report.Macro));
        Assert.Equal((0.7, 0.6, 0.61, 5), Rounded(report.Weighted));

        var animals = Report(["cat", "dog", "pig", "cat", "dog", "pig"], ["cat", "pig", "dog", "cat", "cat", "dog"]);
        Assert.Equal((0.22, 0.33, 0.27, 6), Rounded(animals.Macro));
    }

    [Fact]
    public void Labels_the_model_does_not_know_count_as_errors()
    {
        var report = ClassificationReport.Of([("z", "b"), ("b", "b")], ["b", "c"]);
        Assert.Equal(["b", "z"], report.Classes.Select(entry => entry.Name));
        Assert.Equal(0.5, report.Accuracy);
    }

    [Fact]
    public void A_confusion_matrix_has_true_classes_as_rows()
    {
        string[] truth = ["2", "0", "2", "2", "0", "1"], predicted = ["0", "0", "2", "2", "0", "2"];
        var matrix = new ConfusionMatrix(truth.Zip(predicted));
        Assert.Equal([[2, 0, 0], [0, 0, 1], [1, 0, 2]], matrix.Counts(["0", "1", "2"]));
        Assert.Equal(1 / 3.0, matrix.Shares(["0", "1", "2"])[2][0], 1e-12);
        Assert.Equal([("1", "2", 1, 1.0), ("2", "0", 1, 1 / 3.0)], matrix.MostConfused(5));
    }

    [Theory]
    [InlineData(20, 20, 0.8389, 1)]
    [InlineData(361, 518, 0.6560, 0.7349)]
    [InlineData(0, 0, 0, 1)]
    public void Intervals_are_Wilsons(int successes, int trials, double low, double high)
    {
        var interval = Wilson.Interval(successes, trials);
        Assert.Equal(low, interval.Low, 1e-4);
        Assert.Equal(high, interval.High, 1e-4);
    }

    /// <summary>The eight examples of the course's report.</summary>
    [Fact]
    public void Codes_are_measured_by_prefix_place_and_whole()
    {
        var scores = Scores(
            ("B679", "B674"), ("R529", "R52"), ("N288", "N288"), ("S352", "S352"), ("S270", "J939"), ("H212", "H215"),
            ("B909", "B90I"), ("D431", "D432"));
        Assert.Equal([7 / 8.0, 7 / 8.0, 7 / 8.0, 2 / 8.0], Enumerable.Range(1, 4).Select(scores.Prefix));
        Assert.Equal(2 / 8.0, scores.ExactMatch);
        Assert.Equal(30 / 40.0, scores.PositionalAccuracy);
        Assert.Equal(0.875, Scores(("B679", "B674")).WeightedPositionalAccuracy);
    }

    [Fact]
    public void Short_and_empty_codes_are_measured()
    {
        var scores = Scores(("R52", "R529"), ("", ""));
        Assert.Equal([1, 1, 1, 0.5], Enumerable.Range(1, 4).Select(scores.Prefix));
        Assert.Equal((3 + 1) / 5.0, scores.PositionalAccuracy);
        Assert.Equal(0, new SequenceScores().ExactMatch);
    }

    private static SequenceScores Scores(params (string True, string Predicted)[] pairs)
    {
        var scores = new SequenceScores();
        foreach (var (truth, predicted) in pairs)
            scores.Add(truth, predicted);
        return scores;
    }

    private static ClassificationReport Report(string[] truth, string[] predicted) =>
        ClassificationReport.Of(truth.Zip(predicted), [.. truth.Concat(predicted).Distinct().Order(StringComparer.Ordinal)]);

    private static (double, double, double, long) Rounded(ClassScores scores) =>
        (Math.Round(scores.Precision, 2), Math.Round(scores.Recall, 2), Math.Round(scores.F1, 2), scores.Support);
}
