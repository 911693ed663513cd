using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Tables;

/// <summary>Types that columns of a command should come back with: those they went out with, and those every stage knows by name.</summary>
internal static class ExpectedTypes
{
    private static readonly (string Name, ColumnType Type)[] Known =
    [
        (Columns.Split, ColumnType.Of<string>()), (Columns.Text, ColumnType.Of<string>()), (Columns.Raw, ColumnType.Of<string>()),
        (Columns.Label, ColumnType.Of<string>()), (Columns.Ids, ColumnType.Of<int>(isList: true)), (Columns.Length, ColumnType.Of<int>()),
        (Columns.Target, ColumnType.Of<int>()), (Columns.TargetIds, ColumnType.Of<int>(isList: true)),
        (Columns.Word, ColumnType.Of<string>()), (Columns.Vector, ColumnType.Of<float>(isList: true)),
    ];

    /// <summary>The type under which every stage knows a column of this name, or null.</summary>
    public static ColumnType? OfKnown(string name)
    {
        foreach (var (known, type) in Known)
            if (known == name)
                return type;
        return null;
    }

    public static IReadOnlyDictionary<string, ColumnType> Of(IEnumerable<Table> inputs)
    {
        var types = Known.ToDictionary(column => column.Name, column => column.Type, StringComparer.Ordinal);
        foreach (var column in inputs.SelectMany(table => table.Columns))
            types[column.Name] = column.Type;
        return types;
    }
}
