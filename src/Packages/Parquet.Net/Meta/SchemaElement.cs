using Parquet.Thrift;

namespace Parquet.Meta;

/// <summary>One node of the schema, which a file stores as a flat list, depth first.</summary>
public class SchemaElement
{
    public Type? Type { get; set; }

    public int? TypeLength { get; set; }

    public FieldRepetitionType? RepetitionType { get; set; }

    public string Name { get; set; } = string.Empty;

    public int? NumChildren { get; set; }

    public ConvertedType? ConvertedType { get; set; }

    public int? Scale { get; set; }

    public int? Precision { get; set; }

    public int? FieldId { get; set; }

    internal LogicalType? Logical { get; set; }

    internal void Write(CompactWriter writer)
    {
        writer.I32(1, (int?)Type);
        writer.I32(2, TypeLength);
        writer.I32(3, (int?)RepetitionType);
        writer.String(4, Name);
        writer.I32(5, NumChildren);
        writer.I32(6, (int?)ConvertedType);
        writer.I32(7, Scale);
        writer.I32(8, Precision);
        writer.I32(9, FieldId);
        if (Logical is not null)
        {
            writer.BeginStruct(10);
            Logical.Write(writer);
            writer.EndStruct();
        }
    }

    internal static SchemaElement Read(ref CompactReader reader)
    {
        reader.BeginStruct();
        var result = new SchemaElement();
        var id = 0;
        while (reader.NextField(ref id))
        {
            result.ReadField(ref reader, id);
        }

        return result;
    }

    private void ReadField(ref CompactReader reader, int id)
    {
        switch (id)
        {
            case 1:
                Type = (Type)reader.ReadI32();
                break;
            case 2:
                TypeLength = reader.ReadI32();
                break;
            case 3:
                RepetitionType = (FieldRepetitionType)reader.ReadI32();
                break;
            case 4:
                Name = reader.ReadString();
                break;
            case 5:
                NumChildren = reader.ReadI32();
                break;
            case 6:
                ConvertedType = (ConvertedType)reader.ReadI32();
                break;
            case 7:
                Scale = reader.ReadI32();
                break;
            case 8:
                Precision = reader.ReadI32();
                break;
            case 9:
                FieldId = reader.ReadI32();
                break;
            case 10:
                Logical = LogicalType.Read(ref reader);
                break;
            default:
                reader.Skip();
                break;
        }
    }
}
