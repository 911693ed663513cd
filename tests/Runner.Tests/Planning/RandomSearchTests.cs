using System.Globalization;
using Pipelines.Runner.Documents;
using Pipelines.Runner.Planning;

namespace Pipelines.Tests.Runner.Planning;

public sealed class RandomSearchTests
{
    private static readonly SourceSpan Nowhere = new(new("search.yaml", ""), 1, 1, 1);

    private static readonly MatrixAxis Rate = Range("rate", 1e-5, 1e-1, isLog: true);
    private static readonly MatrixAxis Dropout = Range("dropout", 0.25, 0.75, isLog: false);
    private static readonly MatrixAxis Units = Range("units", 1, 8, isLog: false, isWhole: true);
    private static readonly MatrixAxis Powers = Range("powers", 1, 1000, isLog: true, isWhole: true);

    [Fact]
    public void A_larger_budget_keeps_the_cells_of_a_smaller_one() =>
        Assert.Equal(Ids(7, 5, Rate, Units), Ids(7, 50, Rate, Units).Take(5));

    [Fact]
    public void The_same_seed_draws_the_same_and_another_seed_others()
    {
        Assert.Equal(Ids(7, 5, Rate), Ids(7, 5, Rate));
        Assert.Empty(Ids(7, 50, Rate).Intersect(Ids(8, 50, Rate)).Skip(2));
    }

    [Fact]
    public void Another_axis_moves_no_value_of_those_there_were() =>
        Assert.Equal(Values(7, 40, "rate", Rate), Values(7, 40, "rate", Dropout, Rate));

    [Fact]
    public void Values_are_uniform_on_their_scale()
    {
        var rates = Deciles(Values(1, 1000, "rate", Rate, Dropout), value => (Math.Log10(value) + 5) / 4);
        var dropouts = Deciles(Values(1, 1000, "dropout", Rate, Dropout), value => (value - 0.25) * 2);

        Assert.Equal((10, 10), (rates.Count, dropouts.Count));
        Assert.All(rates.Concat(dropouts), count => Assert.InRange(count, 70, 130));
    }

    [Fact]
    public void Whole_numbers_are_drawn_with_both_ends_and_equally_often()
    {
        var counts = Values(1, 1000, "units", Rate, Units).CountBy(value => value).OrderBy(count => count.Key).ToList();

        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], counts.Select(count => count.Key));
        Assert.All(counts, count => Assert.InRange(count.Value, 90, 160));
        // On a logarithmic scale every power of ten is as likely as any other.
        var powers = Values(1, 1000, "powers", Rate, Powers).ToList();
        Assert.All(powers, value => Assert.True(value is >= 1 and <= 1000 && value == Math.Floor(value)));
        Assert.InRange(powers.Count(value => value < 32), 400, 600);
    }

    [Fact]
    public void Numbers_are_short_enough_to_name_a_cell() =>
        Assert.All(new RandomSearch(7, [Rate, Dropout]).Draw(200, _ => true).SelectMany(cell => cell.Values),
            value => Assert.InRange(value.Value.Text.Length, 1, 8));

    [Fact]
    public void Where_there_are_no_more_cells_fewer_are_drawn()
    {
        Assert.Equal(8, Ids(7, 20, Units).Distinct().Count());
        Assert.Empty(new RandomSearch(7, [Units]).Draw(20, _ => false));
    }

    private static MatrixAxis Range(string name, double from, double to, bool isLog, bool isWhole = false) =>
        new(new(name, IsPlain: true, Nowhere), [], new(from, to, isLog, isWhole, new YamlMap([], Nowhere)));

    private static IEnumerable<string> Ids(ulong seed, int budget, params MatrixAxis[] axes) =>
        [.. new RandomSearch(seed, axes).Draw(budget, _ => true).Select(cell => cell.IdOf("model"))];

    private static IEnumerable<double> Values(ulong seed, int budget, string axis, params MatrixAxis[] axes) =>
        [.. new RandomSearch(seed, axes).Draw(budget, _ => true)
            .Select(cell => double.Parse(cell.Find(axis)!.Text, CultureInfo.InvariantCulture))];

    private static List<int> Deciles(IEnumerable<double> values, Func<double, double> share) =>
        [.. values.CountBy(value => Math.Clamp((int)(share(value) * 10), 0, 9)).Select(count => count.Value)];
}
