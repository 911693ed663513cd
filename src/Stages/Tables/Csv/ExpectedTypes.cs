using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Tables.Csv;

/// <summary>Types that columns of a command should come back with: those they went out with, and those every stage knows by name.</summary>
internal static class ExpectedTypes
{
    private static readonly (string Name, ColumnType Type)[] Known =
    [
        (Columns.Split, ColumnType.Of<string>()), (Columns.Text, ColumnType.Of<string>()), (Columns.Raw, ColumnType.Of<string>()),
        (Columns.Label, ColumnType.Of<string>()), (Columns.Ids, ColumnType.Of<int>(isList: true)), (Columns.Length, ColumnType.Of<int>()),
        (Columns.Target, ColumnType.Of<int>()), (Columns.TargetIds, ColumnType.Of<int>(isList: true)),
    ];

    public static IReadOnlyDictionary<string, ColumnType> Of(IEnumerable<Table> inputs)
    {
        var types = Known.ToDictionary(column => column.Name, column => column.Type, StringComparer.Ordinal);
        foreach (var column in inputs.SelectMany(table => table.Columns))
            types[column.Name] = column.Type;
        return types;
    }
}
