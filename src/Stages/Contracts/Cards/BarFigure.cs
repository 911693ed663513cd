namespace Pipelines.Stages.Contracts.Cards;

/// <summary>One bar a category and series; categories are data (class names), series names are keys.</summary>
public sealed record BarFigure(
    string Name, string X, string Y, IReadOnlyList<string> Categories, IReadOnlyList<BarSeries> Series,
    ValueFormat Format = ValueFormat.Auto) : Figure(Name)
{
    public override IEnumerable<string> Keys() => [Name, X, Y, .. Series.Select(series => series.Name)];

    public override CardItem Rename(Func<string, string> rename) => this with
    {
        Categories = [.. Categories.Select(rename)],
        Series = [.. Series.Select(series => series with { Name = rename(series.Name) })],
    };

    public override Grid ToGrid() => new(Name, [new(X), .. Series.Select(series => new GridColumn(series.Name, Format))],
        [.. Categories.Select((category, i) => (IReadOnlyList<object?>)[category, .. Series.Select(series => (object?)series.Values[i])])]);
}

public sealed record BarSeries(string Name, IReadOnlyList<double> Values);
