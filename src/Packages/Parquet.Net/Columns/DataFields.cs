using Parquet.Meta;
using Parquet.Schema;
using PhysicalType = Parquet.Meta.Type;

namespace Parquet.Columns;

/// <summary>Chooses the field, and so the .NET type, for a column of a file.</summary>
internal static class DataFields
{
    public static DataField FromFile(SchemaElement element, ParquetOptions options)
    {
        var field = IsMoment(element) ? MomentOf(element) : new DataField(element.Name, ClrTypeOf(element, options));
        field.IsNullable = element.RepetitionType != FieldRepetitionType.REQUIRED;
        field.IsArray = element.RepetitionType == FieldRepetitionType.REPEATED;
        field.SchemaElement = element;
        return field;
    }

    private static System.Type ClrTypeOf(SchemaElement element, ParquetOptions options) => element.Type switch
    {
        PhysicalType.BOOLEAN => typeof(bool),
        PhysicalType.FLOAT => typeof(float),
        PhysicalType.DOUBLE => typeof(double),
        PhysicalType.INT32 or PhysicalType.INT64 => IntegerOf(element),
        PhysicalType.BYTE_ARRAY when element.ConvertedType == ConvertedType.UTF8 => typeof(string),
        PhysicalType.BYTE_ARRAY when element.Logical?.Kind == LogicalType.String => typeof(string),
        PhysicalType.BYTE_ARRAY or PhysicalType.FIXED_LEN_BYTE_ARRAY when element.ConvertedType == ConvertedType.DECIMAL =>
            typeof(decimal),
        PhysicalType.FIXED_LEN_BYTE_ARRAY when element is { TypeLength: 16, Logical.Kind: LogicalType.Uuid } => typeof(Guid),
        PhysicalType.BYTE_ARRAY or PhysicalType.FIXED_LEN_BYTE_ARRAY =>
            options.TreatByteArrayAsString && element.ConvertedType is null ? typeof(string) : typeof(byte[]),
        _ => throw new InvalidDataException($"the column '{element.Name}' is of the unknown type {element.Type}"),
    };

    private static System.Type IntegerOf(SchemaElement element) => element.ConvertedType switch
    {
        ConvertedType.INT_8 => typeof(sbyte),
        ConvertedType.UINT_8 => typeof(byte),
        ConvertedType.INT_16 => typeof(short),
        ConvertedType.UINT_16 => typeof(ushort),
        ConvertedType.UINT_32 => typeof(uint),
        ConvertedType.UINT_64 => typeof(ulong),
        ConvertedType.TIME_MILLIS or ConvertedType.TIME_MICROS => typeof(TimeSpan),
        ConvertedType.DECIMAL => typeof(decimal),
        _ => element.Type == PhysicalType.INT32 ? typeof(int) : typeof(long),
    };

    private static bool IsMoment(SchemaElement element) => element.Type switch
    {
        PhysicalType.INT96 => true,
        PhysicalType.INT64 => element.Logical?.Kind == LogicalType.Timestamp
            || element.ConvertedType is ConvertedType.TIMESTAMP_MILLIS or ConvertedType.TIMESTAMP_MICROS,
        PhysicalType.INT32 => element.ConvertedType == ConvertedType.DATE,
        _ => false,
    };

    private static DateTimeDataField MomentOf(SchemaElement element)
    {
        if (element.Logical is { Kind: LogicalType.Timestamp } timestamp)
        {
            return new DateTimeDataField(element.Name, DateTimeFormat.Timestamp, timestamp.IsAdjustedToUtc, timestamp.Unit);
        }

        var format = element.ConvertedType switch
        {
            ConvertedType.TIMESTAMP_MILLIS => DateTimeFormat.DateAndTime,
            ConvertedType.TIMESTAMP_MICROS => DateTimeFormat.DateAndTimeMicros,
            ConvertedType.DATE => DateTimeFormat.Date,
            _ => DateTimeFormat.Impala,
        };
        return new DateTimeDataField(element.Name, format);
    }
}
