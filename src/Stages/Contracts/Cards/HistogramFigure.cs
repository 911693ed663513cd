namespace Pipelines.Stages.Contracts.Cards;

/// <summary>Counts between consecutive edges (one more edge than counts; a value on an edge is above it), with an optional cut
/// line.</summary>
/// <param name="MarkX">Where the line stands.</param>
/// <param name="MarkValue">What its label says, where that is not <paramref name="MarkX"/>: of whole numbers, a limit of 5 is cut at 6,
/// where 6 begins.</param>
public sealed record HistogramFigure(
    string Name, string X, IReadOnlyList<double> Edges, IReadOnlyList<long> Counts, double? MarkX = null, string? MarkName = null,
    double? MarkValue = null) : Figure(Name)
{
    public override IEnumerable<string> Keys() => [Name, X, .. MarkName is null ? Array.Empty<string>() : [MarkName]];

    public override CardItem Rename(Func<string, string> rename) => this;

    public override Grid ToGrid() => new(Name, [new("from"), new("to"), new("count", ValueFormat.Integer)],
        [.. Counts.Select((count, i) => (IReadOnlyList<object?>)[Edges[i], Edges[i + 1], count])]);
}
