using Pipelines.Stages.Explaining.Perturbation;

namespace Pipelines.Tests.Stages.Explaining;

/// <summary>Shapley and Owen values of plain functions: worked examples, Captum's own tests, and all orders one after the other.</summary>
public sealed class ShapleyTests
{
    private delegate double Game(double[] inputs);

    [Fact]
    public void Values_are_those_of_the_worked_examples()
    {
        Near([2.5, 3.5], Exact(x => x[0] + (2 * x[1]) + (3 * x[0] * x[1]), [1, 1]));
        Near([0.5, 0.5], Exact(x => x[0] == 1 && x[1] == 1 ? 1 : 0, [1, 1]));
        Near([40, 120, 80], Exact(x => (4 * x[0]) + (12 * x[1]) + (4 * x[2]), [20, 50, 30], [10, 40, 10]));
    }

    [Theory]
    [InlineData(new double[] { 20, 50, 30 }, new[] { 76.6667, 196.6667, 116.6667 })]
    [InlineData(new double[] { 2, 10, 3 }, new[] { 7, 32.5, 10.5 })]
    public void Values_are_those_of_Captums_tests(double[] input, double[] expected)
    {
        Near(expected, Exact(TwoLayers, input), 1e-3);
        Near(expected, Kernel(TwoLayers, input, 2_048), 1e-3);
    }

    [Fact]
    public void Kernel_weights_are_those_of_the_paper()
    {
        Assert.Equal([0.25, 0.125, 0.25], Enumerable.Range(1, 3)
            .Select(size => Math.Round(KernelShap.SizeWeight(4, size) / Choose(4, size), 9)));
        Assert.Equal([0.2, 0.0667, 0.0667, 0.2], Enumerable.Range(1, 4)
            .Select(size => Math.Round(KernelShap.SizeWeight(5, size) / Choose(5, size), 4)));

        static double Choose(int n, int k) => Enumerable.Range(0, k).Aggregate(1.0, (count, i) => count * (n - i) / (i + 1));
    }

    /// <summary>A game that is no sum and no simple product; with as many samples as there are subsets the regression is exact
    /// too.</summary>
    [Fact]
    public void Exact_values_are_the_means_over_all_orders()
    {
        Near(ByOrders(Tangled, 6), Exact(Tangled, Ones(6)));
        Near(ByOrders(Tangled, 6), Kernel(Tangled, Ones(6), 62));
    }

    [Fact]
    public void Sampled_values_come_near_and_always_add_up()
    {
        var exact = Exact(Tangled, Ones(12));
        var sampled = Kernel(Tangled, Ones(12), 1_500);

        Near(exact, sampled, 0.06);
        Assert.Equal(Tangled(Ones(12)) - Tangled(new double[12]), sampled.Sum(), 1e-9);
        Assert.Equal(sampled, Kernel(Tangled, Ones(12), 1_500));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(7)]
    public void Owen_values_are_the_means_over_the_orders_that_keep_parts_together(int features)
    {
        var orders = Orders(TokenTree.OfCount(features)).ToList();
        var expected = new double[features];
        foreach (var order in orders)
            AddContributions(Tangled, order, 1.0 / orders.Count, expected);

        Near(expected, Owen(Tangled, Ones(features), 100_000));
    }

    [Fact]
    public void Owen_values_of_a_sum_are_Shapley_values_and_a_short_budget_still_adds_up()
    {
        Near([1, 2, 3, 4, 5], Owen(x => x.Select((value, i) => (i + 1) * value).Sum(), Ones(5), 1_000));
        Assert.Equal(Tangled(Ones(12)) - Tangled(new double[12]), Owen(Tangled, Ones(12), 10).Sum(), 1e-9);
    }

    [Fact]
    public void One_word_gets_the_whole_change_and_none_gets_nothing()
    {
        Near([3], Kernel(x => 2 + (3 * x[0]), [1], 100));
        Near([3], Owen(x => 2 + (3 * x[0]), [1], 100));
        Near([3], Exact(x => 2 + (3 * x[0]), [1]));
        Assert.Empty(Owen(_ => 2, [], 100));
        Assert.Empty(Exact(_ => 2, []));
    }

    private static double TwoLayers(double[] x) => Math.Max(0, x.Sum() - 10) + (3 * Math.Max(0, x.Sum() + 1)) - 1;

    private static double Tangled(double[] x)
    {
        var value = Math.Sin(x.Select((entry, i) => entry * (i + 1)).Sum());
        for (var i = 1; i < x.Length; i++)
            value += x[i] * x[i - 1] / i;
        return value;
    }

    private static double[] Ones(int count) => [.. Enumerable.Repeat(1.0, count)];

    private static double[] Exact(Game game, double[] input, double[]? baseline = null) =>
        ShapleyValues.Explain(input.Length, Scores(game, input, baseline)).Scores[0];

    private static double[] Kernel(Game game, double[] input, int samples) =>
        KernelShap.Explain(input.Length, Scores(game, input), samples, new(7, 1)).Scores[0];

    private static double[] Owen(Game game, double[] input, int evaluations) =>
        OwenValues.Explain(input.Length, TokenTree.OfCount(input.Length), Scores(game, input), evaluations).Scores[0];

    private static MaskedScores Scores(Game game, double[] input, double[]? baseline = null) => masks =>
        [.. masks.Select(mask => new[] { game([.. mask.Select((kept, i) => kept ? input[i] : baseline?[i] ?? 0)]) })];

    private static double[] ByOrders(Game game, int features)
    {
        var orders = Permutations([.. Enumerable.Range(0, features)]).ToList();
        var values = new double[features];
        foreach (var order in orders)
            AddContributions(game, order, 1.0 / orders.Count, values);
        return values;
    }

    private static void AddContributions(Game game, int[] order, double share, double[] values)
    {
        var input = new double[values.Length];
        var before = game(input);
        foreach (var feature in order)
        {
            input[feature] = 1;
            var after = game(input);
            values[feature] += share * (after - before);
            before = after;
        }
    }

    private static IEnumerable<int[]> Orders(TokenTree tree)
    {
        if (tree.IsWord)
            return [[tree.First]];
        var (left, right) = tree.Halves();
        return from first in Orders(left)
               from second in Orders(right)
               from order in new int[][] { [.. first, .. second], [.. second, .. first] }
               select order;
    }

    private static IEnumerable<int[]> Permutations(int[] items) => items.Length < 2
        ? [items]
        : items.SelectMany(first => Permutations([.. items.Where(item => item != first)]).Select(rest => (int[])[first, .. rest]));

    private static void Near(double[] expected, double[] actual, double tolerance = 1e-9)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }
}
