using Parquet.Thrift;

namespace Parquet.Meta;

/// <summary>One entry of a file's own metadata.</summary>
public class KeyValue
{
    public string Key { get; set; } = string.Empty;

    public string? Value { get; set; }

    internal void Write(CompactWriter writer)
    {
        writer.String(1, Key);
        writer.String(2, Value);
    }

    internal static KeyValue Read(ref CompactReader reader)
    {
        reader.BeginStruct();
        var result = new KeyValue();
        var id = 0;
        while (reader.NextField(ref id))
        {
            switch (id)
            {
                case 1:
                    result.Key = reader.ReadString();
                    break;
                case 2:
                    result.Value = reader.ReadString();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return result;
    }
}
