namespace Pipelines.Stages.Contracts.Cards;

/// <summary>Values with their intervals, one under the other, so that it is seen which overlap.</summary>
/// <param name="MarkX">An x to mark with a vertical line, e.g. no difference.</param>
public sealed record IntervalFigure(
    string Name, string X, IReadOnlyList<IntervalRow> Rows, ValueFormat Format = ValueFormat.Auto, double? MarkX = null) : Figure(Name)
{
    public override IEnumerable<string> Keys() => [Name, X];

    public override CardItem Rename(Func<string, string> rename) =>
        this with { Rows = [.. Rows.Select(row => row with { Label = rename(row.Label) })] };

    public override Grid ToGrid() => new(Name, [new("name"), new(X, Format), new("interval_low", Format), new("interval_high", Format)],
        [.. Rows.Select(row => (IReadOnlyList<object?>)[row.Label, row.Value, row.Low, row.High])]);
}

/// <param name="Label">Data, such as the name of a model.</param>
public sealed record IntervalRow(string Label, double Value, double Low, double High);
