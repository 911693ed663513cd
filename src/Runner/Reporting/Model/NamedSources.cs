using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Model;

/// <summary>What a stage says of the stages that feed it, with their ids, or what tells their cells apart, in the place of its references.</summary>
internal static class NamedSources
{
    public static CardItem In(CardItem item, PlannedStage stage)
    {
        return item switch
        {
            Fact fact => fact with { Value = Value(fact.Value)! },
            Grid grid => grid with
            {
                Columns = [.. grid.Columns.Select(column => column with { Name = Text(column.Name) })],
                Rows = [.. grid.Rows.Select(row => (IReadOnlyList<object?>)[.. row.Select(Value)])],
            },
            Warning warning => warning with { Values = warning.Values.ToDictionary(value => value.Key, value => Value(value.Value)!) },
            LineFigure lines => lines with { Series = [.. lines.Series.Select(series => series with { Name = Text(series.Name) })] },
            BarFigure bars => bars with
            {
                Categories = [.. bars.Categories.Select(Text)],
                Series = [.. bars.Series.Select(series => series with { Name = Text(series.Name) })],
            },
            HeatmapFigure heatmap => heatmap with { Rows = [.. heatmap.Rows.Select(Text)], Columns = [.. heatmap.Columns.Select(Text)] },
            IntervalFigure intervals => intervals with { Rows = [.. intervals.Rows.Select(row => row with { Label = Text(row.Label) })] },
            ScatterFigure scatter => scatter with { Points = [.. scatter.Points.Select(point => point with { Label = Text(point.Label), Group = Text(point.Group) })] },
            _ => item,
        };

        string Text(string text) => SourceNames.ShortIn(stage, text);

        object? Value(object? value) => value is string text ? Text(text) : value;
    }
}
