using Parquet.Schema;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Tables;

/// <summary>Columns as Parquet fields: scalars required (strings optional), lists in the standard three levels.</summary>
internal static class TableSchema
{
    public static ParquetSchema Of(IEnumerable<ColumnData> columns) =>
        new([.. columns.Select(column => column.Type.IsList
            ? new ListField(column.Name, Scalar(ListField.ElementName, column.Type.Element))
            : (Field)Scalar(column.Name, column.Type.Element))]);

    /// <summary>The field that holds the values: itself, or the element of a list.</summary>
    public static DataField DataFieldOf(Field field) => field is ListField list ? (DataField)list.Item : (DataField)field;

    private static DataField Scalar(string name, ElementType element) => element switch
    {
        ElementType.String => new DataField<string>(name),
        ElementType.Int => new DataField<int>(name),
        ElementType.Long => new DataField<long>(name),
        ElementType.Float => new DataField<float>(name),
        ElementType.Double => new DataField<double>(name),
        ElementType.Bool => new DataField<bool>(name),
        _ => throw new ArgumentOutOfRangeException(nameof(element)),
    };
}
