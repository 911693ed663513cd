using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Stages.Shell;

/// <summary>The card of a command: how many rows, which metrics.</summary>
internal static class CommandSummary
{
    public static CardContent Of(IReadOnlyDictionary<string, IReadOnlyList<Artifact>> outputs)
    {
        List<CardItem> items = [];
        var tables = outputs.Where(port => port.Value[0] is Table).Select(port => (port.Key, Table: (Table)port.Value[0])).ToList();
        if (tables.Count > 0)
            items.Add(new Grid("outputs", [new("name", ValueFormat.Code), new("rows"), new("columns", ValueFormat.Code)],
                [.. tables.Select(table => new object?[] { table.Key, table.Table.Rows,
                    string.Join(", ", table.Table.Columns.Select(column => column.Name)) })]));
        foreach (var (port, artifacts) in outputs)
            if (artifacts[0] is Metrics { Values.Count: > 0 } metrics)
                items.Add(new Grid("metrics", [new("name", ValueFormat.Code), new("value")],
                    [.. metrics.Values.Select(
                        metric => new object?[] { outputs.Count > 1 ? $"{port}.{metric.Key}" : metric.Key, metric.Value })]));
        return new([.. items]);
    }
}
