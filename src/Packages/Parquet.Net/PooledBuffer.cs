using System.Buffers;
using System.Buffers.Binary;

namespace Parquet;

/// <summary>A growing byte buffer whose memory comes from the shared pool.</summary>
internal sealed class PooledBuffer(int capacity = 1024) : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(capacity);

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, Length);

    /// <summary>Room for at least <paramref name="size"/> bytes after those written; <see cref="Advance"/> keeps what was filled.</summary>
    public Span<byte> GetSpan(int size)
    {
        if (size > _bytes.Length - Length)
        {
            Grow(size);
        }

        return _bytes.AsSpan(Length);
    }

    public void Advance(int count) => Length += count;

    public void Clear() => Length = 0;

    /// <summary>Keeps the first <paramref name="length"/> bytes.</summary>
    public void Truncate(int length) => Length = length;

    public void Write(byte value)
    {
        GetSpan(1)[0] = value;
        Length++;
    }

    public void Write(ReadOnlySpan<byte> value)
    {
        value.CopyTo(GetSpan(value.Length));
        Length += value.Length;
    }

    public void WriteInt32(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(GetSpan(sizeof(int)), value);
        Length += sizeof(int);
    }

    /// <summary>Overwrites four bytes that were written before.</summary>
    public void PatchInt32(int offset, int value) => BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(offset, sizeof(int)), value);

    public void WriteVarint(ulong value)
    {
        var span = GetSpan(10);
        var used = 0;
        while (value >= 0x80)
        {
            span[used++] = (byte)(value | 0x80);
            value >>= 7;
        }

        span[used++] = (byte)value;
        Length += used;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        Length = 0;
    }

    private void Grow(int size)
    {
        var needed = (long)Length + size;
        if (needed > Array.MaxLength)
        {
            throw new IOException($"a page of {needed} bytes is too large; write smaller row groups");
        }

        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max(needed, 2L * _bytes.Length), Array.MaxLength));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
