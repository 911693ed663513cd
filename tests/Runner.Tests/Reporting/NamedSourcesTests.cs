using System.Text.Json;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Reporting.Model;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.TestKit.Engine;

namespace Pipelines.Tests.Runner.Reporting;

/// <summary>Cards hold references; a report shows the ids of its pipeline wherever a card may hold one.</summary>
public sealed class NamedSourcesTests
{
    private static readonly PlannedStage Stage = new FakePipeline().Add("small").Add("large").Add("chosen", "small large").Stages[^1];
    private static readonly string Second = SourceName.Of("rows", 1);

    public static TheoryData<CardItem> Items =>
        [.. CardItems.All($"{Second} − {SourceName.Of("rows", 0)}").Where(item => item is not (HistogramFigure or TokensFigure))];

    [Theory]
    [MemberData(nameof(Items))]
    public void Every_sort_of_item_is_named(CardItem item)
    {
        var shown = JsonSerializer.Serialize(StageResult.Named(item, Stage), Json.Plain);

        Assert.Contains("large − small", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("rows.", shown, StringComparison.Ordinal);
        Assert.Equal(JsonSerializer.Serialize(item, Json.Plain).Replace(Second, "large").Replace(SourceName.Of("rows", 0), "small"), shown);
    }

    [Theory]
    [InlineData("{rows.1} and {rows.0}", "large and small")]
    [InlineData("{rows.2} {models.0} {rows.99999999999} {rows}", "{rows.2} {models.0} {rows.99999999999} {rows}")]
    [InlineData("nothing", "nothing")]
    public void Only_references_to_what_is_there_are_replaced(string text, string expected) =>
        Assert.Equal(expected, SourceNames.In(Stage, text));

    [Theory]
    [InlineData("model@dropout=0.1,seed=1 model@dropout=0.3,seed=1", "dropout=0.3")]
    [InlineData("model@dropout=0.1,seed=1 model@dropout=0.3,seed=2", "dropout=0.3, seed=2")]
    [InlineData("model@dropout=0.1 other@dropout=0.3", "other@dropout=0.3")]
    [InlineData("model@dropout=0.1 other", "other")]
    public void Cells_of_one_stage_are_told_apart_by_what_differs(string sources, string shortName)
    {
        string[] ids = sources.Split(' ');
        var gathering = Stage with
        {
            Inputs = new Dictionary<string, IReadOnlyList<OutputRef>>
            {
                ["rows"] = [
            .. ids.Select(id => new OutputRef(id, "rows"))]
            }
        };

        Assert.Equal(shortName, SourceNames.ShortIn(gathering, Second));
        Assert.Equal(ids[1], SourceNames.In(gathering, Second));
    }

    [Fact]
    public void Two_outputs_of_one_stage_are_told_apart()
    {
        var twice = Stage with
        {
            Inputs = new Dictionary<string, IReadOnlyList<OutputRef>>
            {
                ["rows"] = [new("parts", "train"),
            new("parts", "test")]
            }
        };

        Assert.Equal("parts.test", SourceNames.In(twice, Second));
    }
}
