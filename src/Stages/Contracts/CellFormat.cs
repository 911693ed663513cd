using System.Diagnostics;
using System.Globalization;

namespace Pipelines.Stages.Contracts;

/// <summary>One value of a table as text: invariant, exact, the items of a list side by side.</summary>
public static class CellFormat
{
    public static string Of(ColumnData column, int row) => column switch
    {
        Values<string> texts => texts[row] ?? "null",
        Values<bool> values => values[row] ? "true" : "false",
        Values<int> values => Text(values[row]),
        Values<long> values => Text(values[row]),
        Values<float> values => Text(values[row]),
        Values<double> values => Text(values[row]),
        Lists<bool> lists => string.Join(' ', lists[row].ToArray().Select(value => value ? "true" : "false")),
        Lists<string> lists => string.Join(' ', lists[row].ToArray()),
        Lists<int> lists => Join(lists[row]),
        Lists<long> lists => Join(lists[row]),
        Lists<float> lists => Join(lists[row]),
        Lists<double> lists => Join(lists[row]),
        _ => throw new UnreachableException($"A column of {column.Type}."),
    };

    private static string Text<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);

    private static string Join<T>(ReadOnlySpan<T> items)
        where T : IFormattable => string.Join(' ', items.ToArray().Select(Text));
}
