using Parquet.Thrift;

namespace Parquet.Meta;

/// <summary>A run of rows that is stored together, one chunk per column.</summary>
public class RowGroup
{
    public List<ColumnChunk> Columns { get; set; } = [];

    public long TotalByteSize { get; set; }

    public long NumRows { get; set; }

    public long? FileOffset { get; set; }

    public long? TotalCompressedSize { get; set; }

    internal void Write(CompactWriter writer)
    {
        writer.Structs(1, Columns, static (column, inner) => column.Write(inner));
        writer.I64(2, TotalByteSize);
        writer.I64(3, NumRows);
        writer.I64(5, FileOffset);
        writer.I64(6, TotalCompressedSize);
    }

    internal static RowGroup Read(ref CompactReader reader)
    {
        reader.BeginStruct();
        var result = new RowGroup();
        var id = 0;
        while (reader.NextField(ref id))
        {
            switch (id)
            {
                case 1:
                    for (var left = reader.BeginList(); left > 0; left--)
                    {
                        result.Columns.Add(ColumnChunk.Read(ref reader));
                    }

                    break;
                case 2:
                    result.TotalByteSize = reader.ReadI64();
                    break;
                case 3:
                    result.NumRows = reader.ReadI64();
                    break;
                case 5:
                    result.FileOffset = reader.ReadI64();
                    break;
                case 6:
                    result.TotalCompressedSize = reader.ReadI64();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return result;
    }
}
