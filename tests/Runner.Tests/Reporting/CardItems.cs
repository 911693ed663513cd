using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Tests.Runner.Reporting;

/// <summary>One of each thing a card can say.</summary>
internal static class CardItems
{
    public static IReadOnlyList<CardItem> All(string data) =>
    [
        new Fact("a", data),
        new Grid("a", [new("b")], [[data, 1L, null]]),
        new Grid("a", [new(data)], [[1L]]),
        new Warning("a", new Dictionary<string, object> { ["b"] = data, ["c"] = 1L }),
        new LineFigure("a", "x", "y", [new(data, [1, 2], [1, 2], [0.5, 0.5])], 1, "mark"),
        new BarFigure("a", "x", "y", [data], [new(data, [1])]),
        new HistogramFigure("a", "x", [0, 1, 2], [3, 4], 1, "mark"),
        new HeatmapFigure("a", "x", "y", [data], [data], [[1]]),
        new IntervalFigure("a", "x", [new(data, 1, 0, 2)]),
        new ScatterFigure("a", "x", "y", [new(data, data, 1, 2)]),
        new NetworkFigure("a", [new(data, "(n, 2)", 1, 0, []), new("b", "(n, 1)", 0, 0, [0])]),
        new Formula("a", [data], ["b"], new Dictionary<string, double> { ["c"] = 1 }),
        new TokensFigure("a", [new("text", "x", "x", 1, ["one", "two"], [0.5, -0.5])]),
    ];
}
