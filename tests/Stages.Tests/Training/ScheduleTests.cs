using System.Text.Json.Nodes;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Training;
using Pipelines.TestKit;

namespace Pipelines.Tests.Stages.Training;

public sealed class ScheduleTests
{
    // Made by schedules.py with torch's own schedulers.
    private static readonly JsonNode Torch = JsonNode.Parse(File.ReadAllText(Path.Combine(Golden.FolderOf(), "schedules.json")))!;

    [Fact]
    public void Falling_rates_are_those_of_torch()
    {
        Assert.All(Torch["linear"]!.AsArray(), oracle => Same(oracle!, new Schedule.Linear(End: (double)oracle!["end"]!)));
        Assert.All(Torch["cosine"]!.AsArray(), oracle => Same(oracle!, new Schedule.Cosine(End: (double)oracle!["end"]!)));
    }

    /// <summary>torch's first step has a part of the rate already, so it is one step ahead.</summary>
    [Fact]
    public void A_warm_up_and_then_a_cosine_are_those_of_torch() => Assert.All(Torch["warmup"]!.AsArray(), oracle =>
    {
        var steps = (int)oracle!["steps"]!;
        Schedule.Cosine schedule = new((double)oracle["warmup"]! / steps);
        Assert.All(Numbers(oracle["shares"]!).Index(), share =>
            Assert.Equal(share.Item, schedule.ShareAt(new(share.Index + 1, steps, [])), 1e-9));
    });

    [Fact]
    public void A_plateau_falls_where_torch_falls() => Assert.All(Torch["plateau"]!.AsArray(), oracle =>
    {
        Schedule.Plateau schedule = new(
            (double)oracle!["factor"]!, (int)oracle["patience"]!, (double)oracle["min_delta"]!, (double)oracle["end"]!);
        var scores = Numbers(oracle["scores"]!);
        Assert.All(Numbers(oracle["shares"]!).Index(), share =>
            Assert.Equal(share.Item, schedule.ShareAt(new(0, 1, scores[..share.Index])), 1e-12));
    });

    /// <summary>The values of Hugging Face's schedules of the same names: a warm-up of 2 steps of 10, and none.</summary>
    [Fact]
    public void Rates_are_those_of_Hugging_Face()
    {
        Assert.Equal([1.0, 1, 1, 1, 1, 1, 1, 1, 1, 1], Shares(new Schedule.Constant()));
        Assert.Equal([0, 0.5, 1, 1, 1, 1, 1, 1, 1, 1], Shares(new Schedule.Constant(0.2)));
        Assert.Equal([1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1], Shares(new Schedule.Linear()));
        Assert.Equal([0, 0.5, 1, 0.875, 0.75, 0.625, 0.5, 0.375, 0.25, 0.125], Shares(new Schedule.Linear(0.2)));
        Assert.Equal([0, 0.5, 1, 0.96194, 0.853553, 0.691342, 0.5, 0.308658, 0.146447, 0.03806], Shares(new Schedule.Cosine(0.2)));
    }

    [Fact]
    public void What_is_left_at_the_end_can_be_said()
    {
        Assert.Equal(0.1 + (0.9 * 0.1), Shares(new Schedule.Linear(End: 0.1))[^1], 1e-9);
        Assert.Equal(0.2, new Schedule.Cosine(End: 0.2).ShareAt(new(10, 10, [])), 1e-9);
    }

    /// <summary>As Keras' ReduceLROnPlateau: waiting starts anew after each fall.</summary>
    [Theory]
    [InlineData(1.0, 3.0, 2.0, 1.5)]
    [InlineData(1.0, 3.0, 2.0, 2.0)]
    [InlineData(0.5, 3.0, 2.0, 2.0, 2.5)]
    [InlineData(0.5, 3.0, 2.0, 2.0, 2.5, 1.9, 2.0)]
    [InlineData(0.25, 3.0, 2.0, 2.0, 2.5, 2.0, 2.0)]
    [InlineData(0.2, 3.0, 2.0, 2.0, 2.5, 2.0, 2.0, 2.0, 2.0)]
    public void A_plateau_lowers_the_rate(double share, params double[] losses) =>
        Assert.Equal(share, new Schedule.Plateau(0.5, 2, End: 0.2).ShareAt(new(5, 10, losses)), 1e-9);

    [Theory]
    [InlineData(false, 3.0, 2.0, 2.0)]
    [InlineData(true, 3.0, 2.0, 2.0, 2.1)]
    [InlineData(true, 3.0, 2.0, 1.95, 1.95)]
    [InlineData(false, 3.0, 2.0, 2.0, 1.8)]
    public void Training_stops_after_epochs_that_improve_too_little(bool stops, params double[] losses) =>
        Assert.Equal(stops, new EarlyStopping(2, 0.1).IsOver(losses));

    private static void Same(JsonNode oracle, Schedule schedule) => Assert.All(Numbers(oracle["shares"]!).Index(), share =>
        Assert.Equal(share.Item, schedule.ShareAt(new(share.Index, (int)oracle["steps"]!, [])), 1e-9));

    private static double[] Numbers(JsonNode list) => [.. list.AsArray().Select(number => (double)number!)];

    private static double[] Shares(Schedule schedule) =>
        [.. Enumerable.Range(0, 10).Select(step => Math.Round(schedule.ShareAt(new(step, 10, [])), 6))];
}
