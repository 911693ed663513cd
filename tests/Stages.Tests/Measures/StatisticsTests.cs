using System.Text.Json.Nodes;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Measures;
using Pipelines.TestKit;

namespace Pipelines.Tests.Stages.Measures;

/// <summary>Against scipy and statsmodels (<c>oracles.py</c>), and against what can be worked out by hand.</summary>
public sealed class StatisticsTests : IDisposable
{
    private static readonly JsonNode Oracles = JsonNode.Parse(File.ReadAllText(Path.Combine(Golden.FolderOf(), "oracles.json")))!;

    private readonly StageRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public void McNemar_is_that_of_statsmodels()
    {
        Assert.All(Oracles["mcnemar"]!.AsArray(), oracle =>
        {
            McNemar test = new((long)oracle!["only_first"]!, (long)oracle["only_second"]!);
            Assert.Equal((bool)oracle["exact"]!, test.IsExact);
            Near((double)oracle["p"]!, test.PValue, 1e-10);
        });
        Assert.Equal(4.05, new McNemar(5, 15).ChiSquare, 12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(500)]
    public void Models_that_err_equally_often_do_not_differ(int each) => Assert.Equal(1, new McNemar(each, each).PValue);

    [Fact]
    public void The_error_function_is_that_of_scipy() =>
        Assert.All(Oracles["erfc"]!.AsArray(), oracle => Near((double)oracle!["value"]!, NormalTail.Erfc((double)oracle["x"]!), 1e-10));

    [Fact]
    public void Holm_is_that_of_statsmodels() => Assert.All(Oracles["holm"]!.AsArray(), oracle =>
    {
        var corrected = Holm.Corrected(Numbers(oracle!["p"]!));
        Assert.Equal(Numbers(oracle["corrected"]!).Length, corrected.Length);
        Assert.All(Numbers(oracle["corrected"]!).Zip(corrected), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    });

    [Fact]
    public void Students_t_is_that_of_scipy() => Assert.All(Oracles["student"]!.AsArray(), oracle =>
    {
        Near((double)oracle!["p"]!, StudentT.TwoSided((double)oracle["t"]!, (int)oracle["degrees"]!), 1e-8);
        Near((double)oracle["quantile"]!, StudentT.Quantile((double)oracle["confidence"]!, (int)oracle["degrees"]!), 1e-8);
    });

    [Fact]
    public void The_corrected_test_over_folds_is_that_of_Nadeau_and_Bengio() => Assert.All(Oracles["folds"]!.AsArray(), oracle =>
    {
        var (first, second) = (Numbers(oracle!["first"]!), Numbers(oracle["second"]!));
        var difference = Resampled.Of([.. second.Zip(first, (b, a) => b - a)]);

        Near((double)oracle["p"]!, difference.PValue, 1e-9);
        Assert.Equal(Numbers(oracle["interval"]!)[0], difference.IntervalAt(0.95).Low, 1e-9);
        Assert.Equal(Numbers(oracle["first_interval"]!)[1], Resampled.Of(first).IntervalAt(0.95).High, 1e-9);
    });

    [Fact]
    public void Folds_without_a_difference_are_no_evidence_and_equal_differences_are() =>
        Assert.Equal((1.0, 0.0), (Resampled.Of([0, 0, 0]).PValue, Resampled.Of([0.5, 0.5, 0.5]).PValue));

    [Fact]
    public void Percentiles_are_those_of_numpy() => Assert.All(Oracles["quantile"]!.AsArray(), oracle =>
    {
        var interval = Interval.Percentile(7, Numbers(oracle!["values"]!), (double)oracle["confidence"]!);
        Assert.Equal(7, interval.Value);
        Assert.Equal((double)oracle["low"]!, interval.Low, 1e-9);
        Assert.Equal((double)oracle["high"]!, interval.High, 1e-9);
    });

    /// <summary>
    /// The standard error of a percentile of 20,000 samples is below a tenth of the width of the interval's tail; shares move in steps of
    /// one row.
    /// </summary>
    [Fact]
    public void Bootstrap_intervals_come_near_those_of_scipy() => Assert.All(Oracles["paired"]!.AsArray(), oracle =>
    {
        bool[] first = [.. ((string)oracle!["first"]!).Select(sign => sign == '1')],
            second = [.. ((string)oracle["second"]!).Select(sign => sign == '1')];
        var samples = new Bootstrap(20_000, _run.Context()).Run(
            first.Length, 2, rows => [LabelScores.AccuracyOf(first, rows), LabelScores.AccuracyOf(second, rows)], CancellationToken.None);
        double[] differences = [.. samples[1].Zip(samples[0], (b, a) => b - a)];

        var (difference, one) = (Interval.Percentile(0, differences, 0.95), Interval.Percentile(0, samples[0], 0.95));

        var row = 1.001 / first.Length;
        Assert.Equal((double)oracle["first_low"]!, one.Low, row);
        Assert.Equal((double)oracle["first_high"]!, one.High, row);
        Assert.Equal((double)oracle["difference_low"]!, difference.Low, row);
        Assert.Equal((double)oracle["difference_high"]!, difference.High, row);
    });

    [Fact]
    public void Samples_depend_on_the_seed_alone_and_not_on_the_number_of_threads()
    {
        double[] Means(ulong seed, int threads) => new Bootstrap(50, _run.Context(seed) with { Threads = threads })
            .Run(30, 1, rows => [rows.Average()], CancellationToken.None)[0];

        Assert.Equal(Means(7, 1), Means(7, 4));
        Assert.NotEqual(Means(7, 1), Means(8, 1));
    }

    [Fact]
    public void Every_row_is_drawn_equally_often()
    {
        var counts = new int[10];
        new Bootstrap(2_000, _run.Context() with { Threads = 1 }).Run(10, 1, rows =>
        {
            foreach (var row in rows)
                counts[row]++;
            return [0];
        }, CancellationToken.None);

        // 20,000 draws: a standard deviation of 42 around 2,000.
        Assert.All(counts, count => Assert.InRange(count, 1_800, 2_200));
    }

    [Fact]
    public void F1_is_that_of_scikit_learn()
    {
        // labels 0 0 1 1 2, predicted 0 1 1 1 3: F1 2/3, 4/5, 0 and 0; supports 2, 2, 1 and 0.
        int[] labels = [0, 0, 1, 1, 2], predicted = [0, 1, 1, 1, 3];
        bool[] correct = [.. labels.Zip(predicted, (label, answer) => label == answer)];

        var scores = LabelScores.Of(labels, predicted, correct, 5, [0, 1, 2, 3, 4]);

        Assert.Equal(0.6, scores.Accuracy, 12);
        Assert.Equal((2 / 3.0 + 0.8) / 4, scores.MacroF1, 12);
        Assert.Equal((2 * (2 / 3.0) + 2 * 0.8) / 5, scores.WeightedF1, 12);
        Assert.Equal(new(1, 1, 1), LabelScores.Of(labels, predicted, correct, 5, [0, 0, 2]));
    }

    private static void Near(double expected, double actual, double relative) =>
        Assert.Equal(expected, actual, Math.Max(1e-300, Math.Abs(expected) * relative));

    private static double[] Numbers(JsonNode node) => [.. node.AsArray().Select(value => (double)value!)];
}
