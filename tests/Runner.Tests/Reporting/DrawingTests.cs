using System.Xml.Linq;
using Pipelines.Runner.Reporting;
using Pipelines.Runner.Reporting.Drawing;
using Pipelines.Runner.Reporting.Model;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Tests.Runner.Reporting;

public sealed class DrawingTests
{
    [Theory]
    [InlineData(0, 1, new[] { 0, 0.2, 0.4, 0.6, 0.8, 1 })]
    [InlineData(0.13, 0.88, new[] { 0, 0.2, 0.4, 0.6, 0.8, 1 })]
    [InlineData(0, 0, new[] { 0, 0.2, 0.4, 0.6, 0.8, 1 })]
    [InlineData(-3, 12, new[] { -5.0, 0, 5, 10, 15 })]
    public void Ticks_are_round_and_cover_the_range(double low, double high, double[] expected) =>
        Assert.Equal(expected, Ticks.Covering(low, high).Values);

    [Fact]
    public void Ticks_of_counts_are_whole() => Assert.Equal([0, 1, 2], Ticks.Covering(0, 2, 5, whole: true).Values);

    [Fact]
    public void Values_far_from_zero_do_not_start_there() => Assert.True(Ticks.ForValues([0.9, 0.95]).First > 0.8);

    [Fact]
    public void Arrows_lead_downwards_through_every_layer_they_pass()
    {
        var layout = new LayerLayout(4, [(0, 1), (1, 2), (2, 3), (0, 3)]);

        var layerOf = layout.Layers.SelectMany((layer, i) => layer.Select(node => (node, i)))
            .ToDictionary(entry => entry.node, entry => entry.i);
        Assert.All(layout.Routes,
            route => Assert.All(route.Zip(route.Skip(1)), step => Assert.Equal(layerOf[step.First] + 1, layerOf[step.Second])));
        Assert.Equal([2, 2, 2, 4], layout.Routes.Select(route => route.Count));
    }

    [Fact]
    public void Parallel_edges_do_not_cross()
    {
        var layout = new LayerLayout(4, [(0, 3), (1, 2)]);

        Assert.Equal(layout.Layers[0].ToList().IndexOf(0) < layout.Layers[0].ToList().IndexOf(1),
            layout.Layers[1].ToList().IndexOf(3) < layout.Layers[1].ToList().IndexOf(2));
    }

    [Fact]
    public void Intervals_are_drawn_in_scale_and_those_without_numbers_only_named()
    {
        IntervalFigure figure = new("intervals", "accuracy",
            [new("small", 0.5, 0.4, 0.6), new("large <b>", 0.6, 0.5, 0.7), new("broken", double.NaN, double.NaN, double.NaN)],
            ValueFormat.Percent, MarkX: 0.4);

        var drawing = ForestDrawing.Draw(figure, new("f", "Title", "Description", SampleRun.Files.Language("en")));

        var places = drawing.Descendants("circle")
            .Select(point => double.Parse(point.Attribute("cx")!.Value, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        var mark = drawing.Elements("line").Single(line => line.Attribute("class")!.Value == "mark").Attribute("x1")!.Value;
        Assert.Equal(2, places.Count);
        Assert.True(places[0] < places[1]);
        var curve = drawing.Descendants("path").First(path => (string?)path.Attribute("class") == "curve");
        Assert.StartsWith($"M{mark} ", curve.Attribute("d")!.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", drawing.ToString(), StringComparison.Ordinal);
        Assert.Contains("large &lt;b&gt;", drawing.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Whiskers_reach_as_far_as_the_deviation_and_are_in_the_numbers_too()
    {
        LineFigure figure = new("curve", "dropout", "accuracy", [new("accuracy", [0.1, 0.3], [0.5, 0.6], [0.1, double.NaN])],
            Format: ValueFormat.Percent);
        var english = SampleRun.Files.Language("en");

        var drawing = LineDrawing.Draw(figure, new("f", "Title", "Description", english));

        var labels = drawing.Descendants("text").Where(text => text.Value.EndsWith('%')).Select(text => text.Value).ToList();
        var whisker = drawing.Descendants("path").Single(path => path.Attribute("class")!.Value == "whisker").Attribute("d")!.Value;
        Assert.Equal("40%", labels[0]);
        Assert.Equal(3, whisker.Count(letter => letter == 'M'));
        Assert.DoesNotContain("NaN", drawing.ToString(), StringComparison.Ordinal);
        Assert.Equal(["50.0 ± 10.0%", "60.0%"], TableView.Of(figure.ToGrid(), english).Rows.Select(row => row[1].Text));
    }

    [Fact]
    public void The_interval_of_a_number_stands_below_it_and_a_table_that_fits_a_phone_is_no_stop_of_the_keyboard()
    {
        var english = SampleRun.Files.Language("en");
        Grid scores = new("model_scores",
            [
                new("model", ValueFormat.Code), new("accuracy", ValueFormat.Percent), new("interval_low", ValueFormat.Percent),
                new("interval_high", ValueFormat.Percent), new("macro_f1"),
            ],
            [["one", 0.8, 0.7612, 0.83, 0.71], ["two", 0.7, null, null, 0.7], ["three", 0.5, 0.83312, 0.83341, 0.7]]);

        var table = TableView.Of(scores, english);

        Assert.Equal(["Model", "Accuracy", "Macro F1"], table.Columns.Select(column => column.Text));
        Assert.Equal("95% CI", table.Columns[1].Below);
        Assert.Equal(["76.12 – 83.00%", null, "83.31 – 83.34%"], table.Rows.Select(row => row[1].Below));
        Assert.Equal(" code1", table.Places);
        Assert.Equal(["scores@", "attention=", "none"], new Cell("scores@attention=none", "code").Parts);
        Assert.False(table.MayScroll);
        Assert.Equal(" text1 text2 long2", TableView.Of(
            new("rows", [new("set"), new("text")], [["a", "b"], ["c", new string('d', 41)], ["e", 1L]]), english).Places);
        Assert.True(TableView.Of(scores with { Rows = [[.. scores.Rows[0].Skip(1).Prepend(new string('x', 40))]] }, english).MayScroll);
    }

    [Theory]
    [InlineData(60, 1, false)]
    [InlineData(200, 1, true)]
    [InlineData(60, 4, true)]
    public void A_table_stands_across_the_columns_of_a_printed_page_where_one_is_too_narrow(int letters, int numbers, bool isAcross)
    {
        var words = string.Join(' ', Enumerable.Repeat("fracture", letters / 9 + 1))[..letters];
        Grid grid = new("examples", [new("text"), .. Enumerable.Range(1, numbers).Select(number => new GridColumn($"long_name_{number}"))],
            [[words, .. Enumerable.Repeat<object?>(0.5, numbers)]]);

        Assert.Equal(isAcross, TableView.AreWide([TableView.Of(grid, SampleRun.Files.Language("en"))]));
    }

    [Fact]
    public void A_long_table_is_cut_into_columns_only_where_they_fit_side_by_side()
    {
        var english = SampleRun.Files.Language("en");

        Assert.Equal(2, Folded("label").Count);
        Assert.Single(Folded("share_of_all_the_labels_that_anyone_ever_gave_to_a_text_of_this_kind"));
        Assert.Single(Folded("label", rows: 5));

        IReadOnlyList<TableView> Folded(string column, int rows = 16) =>
            TableView.Of(
                new("t", [new("name"), new(column)], [.. Enumerable.Range(0, rows).Select(i => (IReadOnlyList<object?>)[$"row {i}", i])]),
                english).Folded();
    }

    [Fact]
    public void Long_names_are_cut_between_whole_characters()
    {
        Assert.Equal("short", TextSize.Fit("short", 12, 200));
        Assert.EndsWith("…", TextSize.Fit(string.Concat(Enumerable.Repeat("👩‍🔬", 40)), 12, 100), StringComparison.Ordinal);
        Assert.DoesNotContain('\uFFFD', TextSize.Fit(string.Concat(Enumerable.Repeat("🫀", 40)), 12, 100).Normalize());
    }

    [Fact]
    public void A_long_curve_keeps_its_ends_and_its_peaks()
    {
        var values = Enumerable.Range(0, 9000).Select(i => i == 4321 ? 100.0 : i % 7).ToArray();

        var kept = Thinning.Keep(values, 600).ToArray();

        Assert.InRange(kept.Length, 300, 602);
        Assert.Contains(4321, kept);
        Assert.Equal((0, 8999), (kept[0], kept[^1]));
        Assert.Equal(kept.Order(), kept);
    }

    [Fact]
    public void Names_of_points_never_lie_on_each_other()
    {
        var placed = PointNames.Place([(100, 100, "one"), (103, 101, "two"), (300, 50, "far")], 400);

        Assert.NotNull(placed[0]);
        Assert.NotNull(placed[2]);
        Assert.NotEqual((string?)placed[0]!.Attribute("x"), (string?)placed[1]?.Attribute("x"));
    }

    [Fact]
    public void The_graph_as_a_picture_of_its_own_holds_all_it_needs()
    {
        var plan = SampleRun.Plan();

        var picture = XElement.Parse(GraphPicture.Of(plan, SampleRun.Folder, SampleRun.Home));

        var svg = picture.Name.Namespace;
        Assert.Equal(plan.Stages.Select(stage => stage.Id).Order(), picture.Descendants(svg + "text")
            .Where(text => (string?)text.Attribute("class") == "node-id").Select(text => text.Value).Order());
        Assert.Contains("--paper:", picture.Element(svg + "style")!.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", picture.Value, StringComparison.Ordinal);
        Assert.All(picture.DescendantsAndSelf(), element => Assert.Equal("http://www.w3.org/2000/svg", element.Name.NamespaceName));
    }

    [Fact]
    public void Splits_have_the_same_colour_in_every_figure() =>
        Assert.Equal([2, 1, 2], [Palette.Of("test", 0), Palette.Of("validation", 0), Palette.Of("other", 2)]);
}
