using Parquet.Meta;
using Parquet.Schema;
using PhysicalType = Parquet.Meta.Type;

namespace Parquet.Columns;

/// <summary>Flattens a schema into the list of elements that a footer holds.</summary>
internal static class SchemaWriter
{
    public static List<SchemaElement> Flatten(ParquetSchema schema)
    {
        var elements = new List<SchemaElement> { new() { Name = "root", NumChildren = schema.Fields.Count } };
        foreach (var field in schema.Fields)
        {
            Add(field, elements, isListItem: false);
        }

        return elements;
    }

    private static void Add(Field field, List<SchemaElement> elements, bool isListItem)
    {
        switch (field)
        {
            case DataField column:
                var element = Describe(column);
                element.RepetitionType = column.IsArray && !isListItem ? FieldRepetitionType.REPEATED : Repetition(column);
                elements.Add(element);
                break;
            case ListField list:
                elements.Add(new SchemaElement
                {
                    Name = list.Name,
                    NumChildren = 1,
                    RepetitionType = Repetition(list),
                    ConvertedType = ConvertedType.LIST,
                    Logical = new LogicalType(LogicalType.List),
                });
                elements.Add(Group(list.ContainerName, 1, FieldRepetitionType.REPEATED));
                Add(list.Item, elements, isListItem: true);
                break;
            case StructField group:
                elements.Add(Group(group.Name, group.Fields.Count, Repetition(group)));
                foreach (var child in group.Fields)
                {
                    Add(child, elements, isListItem: false);
                }

                break;
            default:
                throw new NotSupportedException($"fields of type {field.SchemaType} cannot be written");
        }
    }

    private static SchemaElement Group(string name, int children, FieldRepetitionType repetition) =>
        new() { Name = name, NumChildren = children, RepetitionType = repetition };

    private static FieldRepetitionType Repetition(Field field) =>
        field.IsNullable ? FieldRepetitionType.OPTIONAL : FieldRepetitionType.REQUIRED;

    private static SchemaElement Describe(DataField column)
    {
        var type = column.ClrType;
        return true switch
        {
            _ when type == typeof(bool) => Plain(PhysicalType.BOOLEAN),
            _ when type == typeof(sbyte) => Integer(8, true, ConvertedType.INT_8),
            _ when type == typeof(byte) => Integer(8, false, ConvertedType.UINT_8),
            _ when type == typeof(short) => Integer(16, true, ConvertedType.INT_16),
            _ when type == typeof(ushort) => Integer(16, false, ConvertedType.UINT_16),
            _ when type == typeof(int) => Integer(32, true, ConvertedType.INT_32),
            _ when type == typeof(uint) => Integer(32, false, ConvertedType.UINT_32),
            _ when type == typeof(long) => Integer(64, true, ConvertedType.INT_64),
            _ when type == typeof(ulong) => Integer(64, false, ConvertedType.UINT_64),
            _ when type == typeof(float) => Plain(PhysicalType.FLOAT),
            _ when type == typeof(double) => Plain(PhysicalType.DOUBLE),
            _ when type == typeof(byte[]) => Plain(PhysicalType.BYTE_ARRAY),
            _ when type == typeof(string) =>
                Annotated(PhysicalType.BYTE_ARRAY, ConvertedType.UTF8, new LogicalType(LogicalType.String)),
            _ when type == typeof(DateTime) => Moment(column as DateTimeDataField),
            _ => throw new NotSupportedException($"columns of {type} can be read, not written"),
        };

        SchemaElement Plain(PhysicalType physical) => new() { Name = column.Name, Type = physical };

        SchemaElement Annotated(PhysicalType physical, ConvertedType? converted, LogicalType? logical) =>
            new() { Name = column.Name, Type = physical, ConvertedType = converted, Logical = logical };

        SchemaElement Integer(sbyte bits, bool signed, ConvertedType converted) => Annotated(
            bits == 64 ? PhysicalType.INT64 : PhysicalType.INT32,
            converted,
            new LogicalType(LogicalType.Integer) { BitWidth = bits, IsSigned = signed });

        SchemaElement Moment(DateTimeDataField? moment) => moment?.DateTimeFormat switch
        {
            DateTimeFormat.DateAndTime => Annotated(PhysicalType.INT64, ConvertedType.TIMESTAMP_MILLIS, null),
            DateTimeFormat.DateAndTimeMicros => Annotated(PhysicalType.INT64, ConvertedType.TIMESTAMP_MICROS, null),
            DateTimeFormat.Date => Annotated(PhysicalType.INT32, ConvertedType.DATE, null),
            DateTimeFormat.Timestamp => Annotated(
                PhysicalType.INT64,
                null,
                new LogicalType(LogicalType.Timestamp) { Unit = moment.Unit, IsAdjustedToUtc = moment.IsAdjustedToUTC }),
            _ => Plain(PhysicalType.INT96),
        };
    }
}
