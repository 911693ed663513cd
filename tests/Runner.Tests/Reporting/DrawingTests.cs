using Pipelines.Runner.Reporting.Drawing;

namespace Pipelines.Tests.Runner.Reporting;

public sealed class DrawingTests
{
    [Theory]
    [InlineData(0, 1, new[] { 0, 0.2, 0.4, 0.6, 0.8, 1 })]
    [InlineData(0.13, 0.88, new[] { 0, 0.2, 0.4, 0.6, 0.8, 1 })]
    [InlineData(0, 0, new[] { 0, 0.2, 0.4, 0.6, 0.8, 1 })]
    [InlineData(-3, 12, new[] { -5.0, 0, 5, 10, 15 })]
    public void Ticks_are_round_and_cover_the_range(double low, double high, double[] expected) => Assert.Equal(expected, Ticks.Covering(low, high).Values);

    [Fact]
    public void Ticks_of_counts_are_whole() => Assert.Equal([0, 1, 2], Ticks.Covering(0, 2, 5, whole: true).Values);

    [Fact]
    public void Values_far_from_zero_do_not_start_there() => Assert.True(Ticks.ForValues([0.9, 0.95]).First > 0.8);

    [Fact]
    public void Arrows_lead_downwards_through_every_layer_they_pass()
    {
        var layout = new LayerLayout(4, [(0, 1), (1, 2), (2, 3), (0, 3)]);

        var layerOf = layout.Layers.SelectMany((layer, i) => layer.Select(node => (node, i))).ToDictionary(entry => entry.node, entry => entry.i);
        Assert.All(layout.Routes, route => Assert.All(route.Zip(route.Skip(1)), step => Assert.Equal(layerOf[step.First] + 1, layerOf[step.Second])));
        Assert.Equal([2, 2, 2, 4], layout.Routes.Select(route => route.Count));
    }

    [Fact]
    public void Parallel_edges_do_not_cross()
    {
        var layout = new LayerLayout(4, [(0, 3), (1, 2)]);

        Assert.Equal(layout.Layers[0].ToList().IndexOf(0) < layout.Layers[0].ToList().IndexOf(1), layout.Layers[1].ToList().IndexOf(3) < layout.Layers[1].ToList().IndexOf(2));
    }

    [Fact]
    public void Long_names_are_cut_between_whole_characters()
    {
        Assert.Equal("short", TextSize.Fit("short", 12, 200));
        Assert.EndsWith("…", TextSize.Fit(string.Concat(Enumerable.Repeat("👩‍🔬", 40)), 12, 100), StringComparison.Ordinal);
        Assert.DoesNotContain('\uFFFD', TextSize.Fit(string.Concat(Enumerable.Repeat("🫀", 40)), 12, 100).Normalize());
    }

    [Fact]
    public void Amounts_go_from_viridis_dark_to_bright()
    {
        Assert.Equal("#440154", Palette.Amount(0));
        Assert.Equal("#fde725", Palette.Amount(1));
        Assert.True(Palette.IsBright(1) && !Palette.IsBright(0));
    }
}
