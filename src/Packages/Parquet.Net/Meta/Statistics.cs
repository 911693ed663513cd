using Parquet.Thrift;

namespace Parquet.Meta;

/// <summary>Extremes and null count of a column chunk, values in plain encoding.</summary>
public class Statistics
{
    public byte[]? Max { get; set; }

    public byte[]? Min { get; set; }

    public long? NullCount { get; set; }

    public long? DistinctCount { get; set; }

    public byte[]? MaxValue { get; set; }

    public byte[]? MinValue { get; set; }

    internal void Write(CompactWriter writer)
    {
        writer.Binary(1, Max);
        writer.Binary(2, Min);
        writer.I64(3, NullCount);
        writer.I64(4, DistinctCount);
        writer.Binary(5, MaxValue);
        writer.Binary(6, MinValue);
    }

    internal static Statistics Read(ref CompactReader reader)
    {
        reader.BeginStruct();
        var result = new Statistics();
        var id = 0;
        while (reader.NextField(ref id))
        {
            switch (id)
            {
                case 1:
                    result.Max = reader.ReadBinary();
                    break;
                case 2:
                    result.Min = reader.ReadBinary();
                    break;
                case 3:
                    result.NullCount = reader.ReadI64();
                    break;
                case 4:
                    result.DistinctCount = reader.ReadI64();
                    break;
                case 5:
                    result.MaxValue = reader.ReadBinary();
                    break;
                case 6:
                    result.MinValue = reader.ReadBinary();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return result;
    }
}
