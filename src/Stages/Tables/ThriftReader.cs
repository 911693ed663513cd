namespace Pipelines.Stages.Tables;

/// <summary>
/// Thrift's compact protocol, as far as the metadata of a Parquet file need it, with limits: a list is no longer than the bytes that are
/// left, and structures are nested only so deep. An <see cref="EndOfStreamException"/> says that more bytes may help.
/// </summary>
internal ref struct ThriftReader(ReadOnlySpan<byte> bytes)
{
    public const byte True = 1, Byte = 3, Int16 = 4, Int32 = 5, Int64 = 6, Binary = 8, List = 9, Struct = 12;

    private const byte False = 2, Double = 7, Set = 10, Map = 11;
    private const int MaxDepth = 24;
    private const int MaxVarintShift = 63;
    private const int LongList = 15;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Position { get; private set; }

    /// <summary>Goes to the next field of a structure; false at its end.</summary>
    /// <param name="id">Of the field before, 0 at the beginning.</param>
    public bool NextField(ref int id, out byte type)
    {
        var head = Next();
        type = (byte)(head & 0x0f);
        if (head == 0)
            return false;
        id = head >> 4 is var step and > 0 ? id + step : checked((int)Integer());
        return true;
    }

    /// <summary>A number of any width.</summary>
    public long Integer()
    {
        var raw = Unsigned();
        return (long)(raw >> 1) ^ -(long)(raw & 1);
    }

    /// <summary>The number of items of a list.</summary>
    public int Count(out byte type)
    {
        var head = Next();
        type = (byte)(head & 0x0f);
        return head >> 4 is var few and < LongList ? Checked((ulong)few) : Checked(Unsigned());
    }

    /// <summary>Passes a structure over, every field of which must have the type that belongs to its number.</summary>
    public void Check(ThriftShape shape)
    {
        var id = 0;
        while (NextField(ref id, out var type))
            if (shape.FieldOf(id) is not { } field)
                Skip(type);
            else if ((type == False ? True : type) != field.Type)
                throw Wrong();
            else if (type == List)
                CheckItems(field);
            else if (field.Shape is { } inner)
                Check(inner);
            else
                Skip(type);
    }

    private void CheckItems(ThriftShape.Field list)
    {
        var count = Count(out var item);
        if (count > 0 && (item == False ? True : item) != list.Item)
            throw Wrong();
        for (; count > 0; count--)
            if (list.Shape is { } inner)
                Check(inner);
            else
                Skip(item, MaxDepth, inList: true);
    }

    /// <summary>Passes a value over.</summary>
    public void Skip(byte type) => Skip(type, MaxDepth, inList: false);

    private void Skip(byte type, int depth, bool inList)
    {
        if (depth == 0)
            throw Wrong();
        switch (type)
        {
            case True or False:
                Move(inList ? 1 : 0);
                break;
            case Byte:
                Move(1);
                break;
            case Int16 or Int32 or Int64:
                Unsigned();
                break;
            case Double:
                Move(sizeof(double));
                break;
            case Binary:
                Move(Checked(Unsigned()));
                break;
            case List or Set:
                for (var count = Count(out var item); count > 0; count--)
                    Skip(item, depth - 1, inList: true);
                break;
            case Map:
                SkipMap(depth);
                break;
            case Struct:
                var id = 0;
                while (NextField(ref id, out var field))
                    Skip(field, depth - 1, inList: false);
                break;
            default:
                throw Wrong();
        }
    }

    private void SkipMap(int depth)
    {
        var count = Checked(Unsigned());
        var types = count > 0 ? Next() : 0;
        for (; count > 0; count--)
        {
            Skip((byte)(types >> 4), depth - 1, inList: true);
            Skip((byte)(types & 0x0f), depth - 1, inList: true);
        }
    }

    private ulong Unsigned()
    {
        var value = 0UL;
        for (var shift = 0; shift <= MaxVarintShift; shift += 7)
        {
            var part = Next();
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
                return value;
        }
        throw Wrong();
    }

    // Each item takes a byte at least.
    private readonly int Checked(ulong count) => count <= (ulong)(_bytes.Length - Position) ? (int)count : throw TooShort();

    private int Next()
    {
        Move(1);
        return _bytes[Position - 1];
    }

    private void Move(int count)
    {
        if (count > _bytes.Length - Position)
            throw TooShort();
        Position += count;
    }

    private static InvalidDataException Wrong() => new("its metadata are damaged");

    private static EndOfStreamException TooShort() => new("its metadata go on beyond their end");
}
