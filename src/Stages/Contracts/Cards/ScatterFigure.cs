using System.Text.Json.Serialization;

namespace Pipelines.Stages.Contracts.Cards;

/// <summary>Labelled points in the plane, coloured by group.</summary>
public sealed record ScatterFigure(string Name, string X, string Y, IReadOnlyList<ScatterPoint> Points) : Figure(Name)
{
    /// <summary>Whether equal distances on x are equal ratios; every x is above zero then.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool HasLogarithmicX { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ValueFormat YFormat { get; init; }

    /// <summary>An x to mark with a vertical line.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double? MarkX { get; init; }

    public override IEnumerable<string> Keys() => [Name, X, Y];

    public override CardItem Rename(Func<string, string> rename) =>
        this with { Points = [.. Points.Select(point => point with { Label = rename(point.Label), Group = rename(point.Group) })] };

    public override Grid ToGrid()
    {
        var isCounted = HasLogarithmicX || Points.All(point => point.X == Math.Floor(point.X));
        // One group is no group.
        GridColumn[] groups = Points.Select(point => point.Group).Distinct(StringComparer.Ordinal).Count() > 1 ? [new("group")] : [];
        return new(Name,
            [
                new("name"), .. groups, new(X, isCounted ? ValueFormat.Auto : ValueFormat.Decimal),
                new(Y, YFormat == ValueFormat.Auto ? ValueFormat.Decimal : YFormat),
            ],
            [.. Points.Select(point => (IReadOnlyList<object?>)[point.Label, .. groups.Select(_ => point.Group), point.X, point.Y])]);
    }
}

public sealed record ScatterPoint(string Label, string Group, double X, double Y);
