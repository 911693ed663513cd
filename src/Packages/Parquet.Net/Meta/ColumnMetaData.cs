using Parquet.Thrift;

namespace Parquet.Meta;

/// <summary>Where a column chunk lies and how it is stored.</summary>
public class ColumnMetaData
{
    public Type Type { get; set; }

    public List<Encoding> Encodings { get; set; } = [];

    public List<string> PathInSchema { get; set; } = [];

    public CompressionCodec Codec { get; set; }

    public long NumValues { get; set; }

    public long TotalUncompressedSize { get; set; }

    public long TotalCompressedSize { get; set; }

    public List<KeyValue>? KeyValueMetadata { get; set; }

    public long DataPageOffset { get; set; }

    public long? IndexPageOffset { get; set; }

    public long? DictionaryPageOffset { get; set; }

    public Statistics? Statistics { get; set; }

    internal void Write(CompactWriter writer)
    {
        writer.I32(1, (int)Type);
        writer.Integers(2, [.. Encodings.Select(encoding => (int)encoding)]);
        writer.Strings(3, PathInSchema);
        writer.I32(4, (int)Codec);
        writer.I64(5, NumValues);
        writer.I64(6, TotalUncompressedSize);
        writer.I64(7, TotalCompressedSize);
        writer.Structs(8, KeyValueMetadata, static (pair, inner) => pair.Write(inner));
        writer.I64(9, DataPageOffset);
        writer.I64(10, IndexPageOffset);
        writer.I64(11, DictionaryPageOffset);
        if (Statistics is not null)
        {
            writer.BeginStruct(12);
            Statistics.Write(writer);
            writer.EndStruct();
        }
    }

    internal static ColumnMetaData Read(ref CompactReader reader)
    {
        reader.BeginStruct();
        var result = new ColumnMetaData();
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
                ReadEncodings(ref reader);
                break;
            case 3:
                ReadPath(ref reader);
                break;
            case 4:
                Codec = (CompressionCodec)reader.ReadI32();
                break;
            case 5:
                NumValues = reader.ReadI64();
                break;
            case 6:
                TotalUncompressedSize = reader.ReadI64();
                break;
            case 7:
                TotalCompressedSize = reader.ReadI64();
                break;
            case 8:
                KeyValueMetadata = [];
                for (var left = reader.BeginList(); left > 0; left--)
                {
                    KeyValueMetadata.Add(KeyValue.Read(ref reader));
                }

                break;
            case 9:
                DataPageOffset = reader.ReadI64();
                break;
            case 10:
                IndexPageOffset = reader.ReadI64();
                break;
            case 11:
                DictionaryPageOffset = reader.ReadI64();
                break;
            case 12:
                Statistics = Statistics.Read(ref reader);
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private void ReadEncodings(ref CompactReader reader)
    {
        for (var left = reader.BeginList(); left > 0; left--)
        {
            Encodings.Add((Encoding)reader.ReadI32());
        }
    }

    private void ReadPath(ref CompactReader reader)
    {
        for (var left = reader.BeginList(); left > 0; left--)
        {
            PathInSchema.Add(reader.ReadString());
        }
    }
}
