using Parquet.Thrift;

namespace Parquet.Meta;

/// <summary>The values of one column in one row group.</summary>
public class ColumnChunk
{
    public string? FilePath { get; set; }

    public long FileOffset { get; set; }

    public ColumnMetaData? MetaData { get; set; }

    internal void Write(CompactWriter writer)
    {
        writer.String(1, FilePath);
        writer.I64(2, FileOffset);
        if (MetaData is not null)
        {
            writer.BeginStruct(3);
            MetaData.Write(writer);
            writer.EndStruct();
        }
    }

    internal static ColumnChunk Read(ref CompactReader reader)
    {
        reader.BeginStruct();
        var result = new ColumnChunk();
        var id = 0;
        while (reader.NextField(ref id))
        {
            switch (id)
            {
                case 1:
                    result.FilePath = reader.ReadString();
                    break;
                case 2:
                    result.FileOffset = reader.ReadI64();
                    break;
                case 3:
                    result.MetaData = ColumnMetaData.Read(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return result;
    }
}
