using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Tables.Csv;

/// <summary>Types that columns of a command should come back with: those they went out with, and those every stage knows by name.</summary>
internal static class ExpectedTypes
{
    private static readonly (string Name, ColumnType Type)[] Known =
    [
        ("split", ColumnType.Of<string>()), ("text", ColumnType.Of<string>()), ("raw", ColumnType.Of<string>()), ("label", ColumnType.Of<string>()),
        ("ids", ColumnType.Of<int>(isList: true)), ("length", ColumnType.Of<int>()), ("target", ColumnType.Of<int>()), ("target_ids", ColumnType.Of<int>(isList: true)),
    ];

    public static IReadOnlyDictionary<string, ColumnType> Of(IEnumerable<Table> inputs)
    {
        var types = Known.ToDictionary(column => column.Name, column => column.Type, StringComparer.Ordinal);
        foreach (var column in inputs.SelectMany(table => table.Columns))
            types[column.Name] = column.Type;
        return types;
    }
}
