using System.Text;

namespace Parquet.Thrift;

/// <summary>Writes Thrift's compact protocol into a buffer.</summary>
internal sealed class CompactWriter(PooledBuffer destination)
{
    private readonly Stack<int> _outer = new();
    private int _lastId;

    public void Bool(int id, bool? value)
    {
        if (value is { } set)
        {
            Field(id, set ? CompactType.True : CompactType.False);
        }
    }

    public void I8(int id, sbyte value)
    {
        Field(id, CompactType.I8);
        destination.Write((byte)value);
    }

    public void I32(int id, int? value) => Integer(id, CompactType.I32, value);

    public void I64(int id, long? value) => Integer(id, CompactType.I64, value);

    public void String(int id, string? value) => Binary(id, value is null ? null : Encoding.UTF8.GetBytes(value));

    public void Binary(int id, byte[]? value)
    {
        if (value is not null)
        {
            Field(id, CompactType.Binary);
            RawBinary(value);
        }
    }

    /// <summary>Opens a struct field; close it with <see cref="EndStruct"/>.</summary>
    public void BeginStruct(int id)
    {
        Field(id, CompactType.Struct);
        BeginElement();
    }

    /// <summary>Opens a struct that is an element of a list; close it with <see cref="EndStruct"/>.</summary>
    public void BeginElement()
    {
        _outer.Push(_lastId);
        _lastId = 0;
    }

    public void EndStruct()
    {
        destination.Write((byte)CompactType.Stop);
        _lastId = _outer.Pop();
    }

    /// <summary>Ends the outermost struct.</summary>
    public void End()
    {
        destination.Write((byte)CompactType.Stop);
        _lastId = 0;
    }

    /// <summary>Writes a struct field without fields of its own, such as a union's marker.</summary>
    public void Empty(int id)
    {
        BeginStruct(id);
        EndStruct();
    }

    public void Strings(int id, IReadOnlyCollection<string> values)
    {
        BeginList(id, CompactType.Binary, values.Count);
        foreach (var value in values)
        {
            RawBinary(Encoding.UTF8.GetBytes(value));
        }
    }

    public void Integers(int id, IReadOnlyCollection<int> values)
    {
        BeginList(id, CompactType.I32, values.Count);
        foreach (var value in values)
        {
            destination.WriteVarint(ZigZag(value));
        }
    }

    public void Structs<T>(int id, IReadOnlyCollection<T>? values, Action<T, CompactWriter> write)
    {
        if (values is null)
        {
            return;
        }

        BeginList(id, CompactType.Struct, values.Count);
        foreach (var value in values)
        {
            BeginElement();
            write(value, this);
            EndStruct();
        }
    }

    private void BeginList(int id, CompactType element, int count)
    {
        Field(id, CompactType.List);
        if (count < 15)
        {
            destination.Write((byte)(count << 4 | (int)element));
        }
        else
        {
            destination.Write((byte)(0xF0 | (int)element));
            destination.WriteVarint((ulong)count);
        }
    }

    private void Integer(int id, CompactType type, long? value)
    {
        if (value is { } set)
        {
            Field(id, type);
            destination.WriteVarint(ZigZag(set));
        }
    }

    private void Field(int id, CompactType type)
    {
        var delta = id - _lastId;
        if (delta is > 0 and < 16)
        {
            destination.Write((byte)(delta << 4 | (int)type));
        }
        else
        {
            destination.Write((byte)type);
            destination.WriteVarint(ZigZag(id));
        }

        _lastId = id;
    }

    private void RawBinary(byte[] value)
    {
        destination.WriteVarint((ulong)value.Length);
        destination.Write(value);
    }

    private static ulong ZigZag(long value) => (ulong)(value << 1 ^ value >> 63);
}
