using System.Text;

namespace Parquet.Thrift;

/// <summary>Reads Thrift's compact protocol from a span.</summary>
/// <remarks>Every read is checked against the field's type and the bytes left; damage throws <see cref="InvalidDataException"/>.</remarks>
internal ref struct CompactReader(ReadOnlySpan<byte> source)
{
    private const int MaxDepth = 32;

    private readonly ReadOnlySpan<byte> _source = source;
    private CompactType _type = CompactType.Stop;

    /// <summary>Bytes read so far.</summary>
    public int Position { get; private set; }

    /// <summary>Moves to the next field of a struct; false at its end.</summary>
    public bool NextField(ref int id)
    {
        var header = ReadByte();
        _type = (CompactType)(header & 0x0F);
        if (_type == CompactType.Stop)
        {
            // What ended was a struct; in a list of structs the next element is one as well.
            _type = CompactType.Struct;
            return false;
        }

        var delta = header >> 4;
        id = delta == 0 ? (int)ReadZigZag() : id + delta;
        return true;
    }

    public readonly bool ReadBool() => _type switch
    {
        CompactType.True => true,
        CompactType.False => false,
        _ => throw Unexpected("bool"),
    };

    public int ReadI32()
    {
        var value = ReadI64();
        return value is >= int.MinValue and <= int.MaxValue
            ? (int)value
            : throw new InvalidDataException($"Thrift: {value} does not fit 32 bits");
    }

    public long ReadI64() => _type switch
    {
        CompactType.I8 => (sbyte)ReadByte(),
        CompactType.I16 or CompactType.I32 or CompactType.I64 => ReadZigZag(),
        _ => throw Unexpected("integer"),
    };

    public byte[] ReadBinary() => ReadBytes().ToArray();

    public string ReadString() => Encoding.UTF8.GetString(ReadBytes());

    /// <summary>Reads the header of a list field and returns its length; the elements are read next.</summary>
    public int BeginList()
    {
        Expect(CompactType.List);
        var header = ReadByte();
        var count = header >> 4 == 15 ? (long)ReadVarint() : header >> 4;
        if (count < 0 || count > _source.Length - Position)
        {
            throw new InvalidDataException($"Thrift: a list of {count} elements in {_source.Length - Position} bytes");
        }

        _type = (CompactType)(header & 0x0F);
        return (int)count;
    }

    /// <summary>Checks that a struct comes next.</summary>
    public readonly void BeginStruct() => Expect(CompactType.Struct);

    /// <summary>Passes over a field that is not of interest.</summary>
    public void Skip() => Skip(_type, 0);

    private void Skip(CompactType type, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new InvalidDataException("Thrift: nested too deeply");
        }

        switch (type)
        {
            case CompactType.True or CompactType.False:
                break;
            case CompactType.I8:
                ReadByte();
                break;
            case CompactType.I16 or CompactType.I32 or CompactType.I64:
                ReadVarint();
                break;
            case CompactType.Double:
                Take(sizeof(double));
                break;
            case CompactType.Binary:
                _type = type;
                ReadBytes();
                break;
            case CompactType.Struct:
                SkipStruct(depth);
                break;
            case CompactType.List or CompactType.Set:
                SkipList(depth);
                break;
            default:
                throw new InvalidDataException($"Thrift: cannot pass over type {type}");
        }
    }

    private void SkipStruct(int depth)
    {
        var id = 0;
        while (NextField(ref id))
        {
            Skip(_type, depth + 1);
        }
    }

    private void SkipList(int depth)
    {
        _type = CompactType.List;
        var count = BeginList();
        var element = _type;
        for (var i = 0; i < count; i++)
        {
            if (element is CompactType.True or CompactType.False)
            {
                ReadByte();
            }
            else
            {
                Skip(element, depth + 1);
            }
        }
    }

    private ReadOnlySpan<byte> ReadBytes()
    {
        Expect(CompactType.Binary);
        var length = ReadVarint();
        return length <= int.MaxValue ? Take((int)length) : throw EndOfData();
    }

    private long ReadZigZag()
    {
        var value = ReadVarint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    private ulong ReadVarint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = ReadByte();
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("Thrift: a number does not end");
    }

    private byte ReadByte() => Position < _source.Length ? _source[Position++] : throw EndOfData();

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _source.Length - Position)
        {
            throw EndOfData();
        }

        var taken = _source.Slice(Position, length);
        Position += length;
        return taken;
    }

    private readonly void Expect(CompactType type)
    {
        if (_type != type)
        {
            throw Unexpected(type.ToString());
        }
    }

    private readonly InvalidDataException Unexpected(string expected) => new($"Thrift: expected {expected}, found {_type}");

    private static InvalidDataException EndOfData() => new("Thrift: the data ends too early");
}
