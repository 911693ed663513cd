using Parquet.Data;
using Parquet.Meta;
using Parquet.Schema;
using Encoding = Parquet.Meta.Encoding;

namespace Parquet.Columns;

/// <summary>Turns the statistics of a column chunk into values of the column's type.</summary>
internal static class StatisticsReader
{
    public static DataColumnStatistics? Read(DataField field, SchemaElement element, Statistics? statistics) => statistics is null
        ? null
        : new DataColumnStatistics(
            statistics.NullCount,
            statistics.DistinctCount,
            Value(field, element, statistics.MinValue),
            Value(field, element, statistics.MaxValue));

    /// <summary>Null where the file does not say, or says something that is no value.</summary>
    private static object? Value(DataField field, SchemaElement element, byte[]? bytes)
    {
        if (bytes is null)
        {
            return null;
        }

        if (field.ClrType == typeof(string))
        {
            return System.Text.Encoding.UTF8.GetString(bytes);
        }

        if (element.Type is Meta.Type.BYTE_ARRAY or Meta.Type.FIXED_LEN_BYTE_ARRAY)
        {
            return field.ClrType == typeof(byte[]) ? bytes : null;
        }

        try
        {
            var decoder = ColumnDecoders.Create(field, element, 1);
            decoder.ReadPage(Encoding.PLAIN, bytes, 1);
            return decoder.ToArray().GetValue(0);
        }
        catch (InvalidDataException)
        {
            // Statistics are advice; the values themselves may still be sound.
            return null;
        }
    }
}
