using Parquet.Thrift;

namespace Parquet.Meta;

/// <summary>The footer of a file.</summary>
public class FileMetaData
{
    public int Version { get; set; }

    public List<SchemaElement> Schema { get; set; } = [];

    public long NumRows { get; set; }

    public List<RowGroup> RowGroups { get; set; } = [];

    public List<KeyValue>? KeyValueMetadata { get; set; }

    public string? CreatedBy { get; set; }

    internal void Write(CompactWriter writer)
    {
        writer.I32(1, Version);
        writer.Structs(2, Schema, static (element, inner) => element.Write(inner));
        writer.I64(3, NumRows);
        writer.Structs(4, RowGroups, static (group, inner) => group.Write(inner));
        writer.Structs(5, KeyValueMetadata, static (pair, inner) => pair.Write(inner));
        writer.String(6, CreatedBy);

        // Readers ignore min_value and max_value unless every column says how its values are ordered.
        writer.Structs(7, [.. Schema.Where(element => element.Type is not null)], static (_, inner) => inner.Empty(1));
        writer.End();
    }

    /// <exception cref="InvalidDataException">The footer is damaged or has no schema.</exception>
    internal static FileMetaData Read(ref CompactReader reader)
    {
        var result = new FileMetaData();
        var id = 0;
        while (reader.NextField(ref id))
        {
            result.ReadField(ref reader, id);
        }

        return result.Schema.Count > 0 ? result : throw new InvalidDataException("the file has no schema");
    }

    private void ReadField(ref CompactReader reader, int id)
    {
        switch (id)
        {
            case 1:
                Version = reader.ReadI32();
                break;
            case 2:
                for (var left = reader.BeginList(); left > 0; left--)
                {
                    Schema.Add(SchemaElement.Read(ref reader));
                }

                break;
            case 3:
                NumRows = reader.ReadI64();
                break;
            case 4:
                for (var left = reader.BeginList(); left > 0; left--)
                {
                    RowGroups.Add(RowGroup.Read(ref reader));
                }

                break;
            case 5:
                KeyValueMetadata = [];
                for (var left = reader.BeginList(); left > 0; left--)
                {
                    KeyValueMetadata.Add(KeyValue.Read(ref reader));
                }

                break;
            case 6:
                CreatedBy = reader.ReadString();
                break;
            default:
                reader.Skip();
                break;
        }
    }
}
