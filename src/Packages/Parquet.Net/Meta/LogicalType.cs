using Parquet.Schema;
using Parquet.Thrift;

namespace Parquet.Meta;

/// <summary>What a stored value means, as far as it is needed here; <see cref="Kind"/> is the field number in the format's union.</summary>
internal sealed record LogicalType(int Kind)
{
    public const int String = 1;
    public const int List = 3;
    public const int Date = 6;
    public const int Time = 7;
    public const int Timestamp = 8;
    public const int Integer = 10;
    public const int Uuid = 14;

    /// <summary>Unit of a time or timestamp.</summary>
    public DateTimeTimeUnit Unit { get; init; }

    public bool IsAdjustedToUtc { get; init; }

    public sbyte BitWidth { get; init; }

    public bool IsSigned { get; init; }

    public void Write(CompactWriter writer)
    {
        writer.BeginStruct(Kind);
        if (Kind == Integer)
        {
            writer.I8(1, BitWidth);
            writer.Bool(2, IsSigned);
        }
        else if (Kind is Timestamp or Time)
        {
            writer.Bool(1, IsAdjustedToUtc);
            writer.BeginStruct(2);
            writer.Empty((int)Unit + 1);
            writer.EndStruct();
        }

        writer.EndStruct();
    }

    /// <summary>Reads the union; null when it names a type that is not known here.</summary>
    public static LogicalType? Read(ref CompactReader reader)
    {
        reader.BeginStruct();
        LogicalType? result = null;
        var id = 0;
        while (reader.NextField(ref id))
        {
            switch (id)
            {
                case Timestamp or Time:
                    result = ReadTime(ref reader, id);
                    break;
                case String or List or Date or Integer or Uuid:
                    reader.Skip();
                    result = new LogicalType(id);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return result;
    }

    private static LogicalType ReadTime(ref CompactReader reader, int kind)
    {
        reader.BeginStruct();
        var adjusted = false;
        var unit = 1;
        var id = 0;
        while (reader.NextField(ref id))
        {
            switch (id)
            {
                case 1:
                    adjusted = reader.ReadBool();
                    break;
                case 2:
                    unit = ReadUnit(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new LogicalType(kind) { IsAdjustedToUtc = adjusted, Unit = (DateTimeTimeUnit)(unit - 1) };
    }

    private static int ReadUnit(ref CompactReader reader)
    {
        reader.BeginStruct();
        var unit = 0;
        var id = 0;
        while (reader.NextField(ref id))
        {
            unit = id;
            reader.Skip();
        }

        return unit is >= 1 and <= 3 ? unit : throw new InvalidDataException($"unknown unit of time: {unit}");
    }
}
