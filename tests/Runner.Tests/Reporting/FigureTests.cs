using System.Text.Json;
using Pipelines.Runner.Reporting.Drawing;
using Pipelines.Runner.Reporting.Model;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Tests.Runner.Reporting;

/// <summary>A figure is a record and its drawing: whatever else a report needs of it follows from the record.</summary>
public sealed class FigureTests
{
    public static TheoryData<CardItem> Items => [.. CardItems.All("data")];

    public static TheoryData<CardItem> Figures => [.. CardItems.All("data").OfType<Figure>()];

    /// <summary>So that the tests here are about every sort of item.</summary>
    [Fact]
    public void Every_sort_of_item_is_among_the_samples()
    {
        var sorts = typeof(CardItem).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(CardItem)) && !type.IsAbstract)
            .Select(type => type.Name).Order();

        Assert.Equal(sorts, CardItems.All("data").Select(item => item.GetType().Name).Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(Items))]
    public void An_item_is_kept_and_read_as_it_was(CardItem item)
    {
        using MemoryStream file = new(JsonSerializer.SerializeToUtf8Bytes(new CardContent(item), Json.Plain));

        var read = Assert.Single(CardContent.Read(file).Items);

        Assert.IsType(item.GetType(), read);
        Assert.Equal(JsonSerializer.Serialize(item, Json.Plain), JsonSerializer.Serialize(read, Json.Plain));
    }

    [Theory]
    [MemberData(nameof(Items))]
    public void Its_name_is_its_first_key_but_for_a_warning_which_has_a_sentence(CardItem item) =>
        Assert.Equal(item is Warning ? null : item.Name, item.Keys().FirstOrDefault());

    [Theory]
    [MemberData(nameof(Figures))]
    public void A_figure_has_its_numbers_as_a_table(CardItem item)
    {
        var grid = ((Figure)item).ToGrid();

        Assert.NotEmpty(grid.Rows);
        Assert.All(grid.Rows, row => Assert.Equal(grid.Columns.Count, row.Count));
        Assert.Equal(grid.Rows.Count, TableView.Of(grid, SampleRun.Files.Language("en")).Rows.Count);
    }

    [Theory]
    [MemberData(nameof(Figures))]
    public void A_figure_is_drawn(CardItem item)
    {
        var views = new BlockBuilder(SampleRun.Files.Language("en"), new()).Items("stage", [item]);

        var drawn = Assert.Single(views) is FiguresView figures
            ? Assert.Single(figures.Figures).Svg
            : Assert.IsType<TokensView>(views[0]).Caption;
        Assert.NotEqual("", drawn);
    }

    [Fact]
    public void Names_of_classes_are_data_even_where_there_is_a_word_for_them()
    {
        HeatmapFigure figure = new("confusion", "label", "predicted", ["test", "some_class"], ["test", "some_class"], [[1, 0], [0, 1]]);

        Assert.Equal(["test", "some_class"], TableView.Of(figure.ToGrid(), SampleRun.Files.Language("fr")).Columns.Skip(1)
            .Select(column => column.Text));
    }

    [Fact]
    public void A_caption_says_of_which_text_a_heatmap_is()
    {
        HeatmapFigure figure = new("confusion", "label", "predicted", ["a"], ["b"], [[1]]) { About = new string('x', 100) + "\ny" };
        var language = SampleRun.Files.Language("fr");

        var drawn = Assert.IsType<FiguresView>(Assert.Single(new BlockBuilder(language, new()).Items("why", [figure]))).Figures[0];

        Assert.Equal(new string('x', 90) + "…", drawn.About);
        Assert.Contains($"{drawn.Caption}{language.Phrase("colon")}{drawn.About}<", drawn.Svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_of_tokens_are_no_quantities()
    {
        Grid tokens = new("tokenized_example", [new("token", ValueFormat.Code), new("id", ValueFormat.Integer)], [["malmo", 23643L]]);
        var language = SampleRun.Files.Language("fr");

        Assert.Contains(TableView.Of(tokens, language).Rows.SelectMany(row => row), cell => cell.Text == "23643");
        Assert.Contains(TableView.Of(tokens with { Name = "counts" }, language).Rows[0], cell => cell.Text == "23\u202F643");
    }

    [Theory]
    [InlineData("other", 28, new[] { "name", "group", "support", "f1" }, "28")]
    [InlineData("class", 28, new[] { "name", "support", "f1" }, "28")]
    [InlineData("class", 0.5, new[] { "name", "support", "f1" }, "0,500")]
    public void Points_of_one_group_have_none_in_their_table_and_counts_no_decimals(
        string group, double x, string[] columns, string shown)
    {
        var grid = new ScatterFigure("f1_by_frequency", "support", "f1", [new("a", "class", x, 0.5), new("b", group, 6, 0.7)]).ToGrid();

        Assert.Equal(columns, grid.Columns.Select(column => column.Name));
        Assert.Equal(shown, TableView.Of(grid, SampleRun.Files.Language("fr")).Rows[0][^2].Text);
    }

    [Fact]
    public void A_histogram_without_a_name_for_its_mark_shows_the_number() =>
        Assert.Contains(">2</text>",
            Drawings.Of(new HistogramFigure("a", "x", [0, 1, 2], [1, 1], 2),
                new("f", "Title", "Description", SampleRun.Files.Language("en"))), StringComparison.Ordinal);
}
