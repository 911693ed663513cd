namespace Pipelines.Stages.Contracts.Cards;

/// <summary>Labelled points in the plane, coloured by group.</summary>
public sealed record ScatterFigure(string Name, string X, string Y, IReadOnlyList<ScatterPoint> Points) : Figure(Name)
{
    public override IEnumerable<string> Keys() => [Name, X, Y];

    public override CardItem Rename(Func<string, string> rename) =>
        this with { Points = [.. Points.Select(point => point with { Label = rename(point.Label), Group = rename(point.Group) })] };

    public override Grid ToGrid() => new(Name, [new("name"), new("group"), new(X, ValueFormat.Decimal), new(Y, ValueFormat.Decimal)],
        [.. Points.Select(point => (IReadOnlyList<object?>)[point.Label, point.Group, point.X, point.Y])]);
}

public sealed record ScatterPoint(string Label, string Group, double X, double Y);
