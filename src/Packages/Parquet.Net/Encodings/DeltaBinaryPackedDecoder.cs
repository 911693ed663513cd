namespace Parquet.Encodings;

/// <summary>Reads whole numbers that are stored as differences.</summary>
internal ref struct DeltaBinaryPackedDecoder
{
    /// <summary>Values of a small block; the format asks for multiples of 32, writers use 32.</summary>
    private const int MaxMiniBlockSize = 4096;

    private readonly ReadOnlySpan<byte> _source;
    private readonly int _miniBlocks;
    private readonly int _miniBlockSize;
    private readonly long _first;
    private int _position;

    /// <exception cref="InvalidDataException">The header is damaged.</exception>
    public DeltaBinaryPackedDecoder(ReadOnlySpan<byte> source)
    {
        _source = source;
        var blockSize = ReadVarint();
        var miniBlocks = ReadVarint();
        var count = ReadVarint();
        _first = ReadZigZag();
        if (miniBlocks is 0 or > 4096 || blockSize / miniBlocks is 0 or > MaxMiniBlockSize || blockSize % (miniBlocks * 8) != 0)
        {
            throw new InvalidDataException($"differences cannot be stored in blocks of {blockSize} with {miniBlocks} parts");
        }

        _miniBlocks = (int)miniBlocks;
        _miniBlockSize = (int)(blockSize / miniBlocks);
        Count = count <= int.MaxValue ? (int)count : throw new InvalidDataException($"a page cannot hold {count} values");
    }

    /// <summary>How many values are stored.</summary>
    public int Count { get; }

    /// <summary>Reads 32-bit values.</summary>
    /// <returns>Bytes read, which matters where other data follows.</returns>
    public int Decode(Span<int> destination)
    {
        CheckCount(destination.Length);
        Span<int> scratch = stackalloc int[Math.Min(_miniBlockSize, MaxMiniBlockSize)];
        Span<int> widths = stackalloc int[_miniBlocks];
        var value = (int)_first;
        var done = Math.Min(1, destination.Length);
        destination[..done].Fill(value);
        while (done < destination.Length)
        {
            var least = (int)BeginBlock(widths);
            for (var mini = 0; mini < _miniBlocks && done < destination.Length; mini++)
            {
                var part = destination[done..Math.Min(done + _miniBlockSize, destination.Length)];
                BitPacking.Unpack(TakeMiniBlock(widths[mini], 32), widths[mini], scratch);
                for (var i = 0; i < part.Length; i++)
                {
                    value = unchecked(value + least + scratch[i]);
                    part[i] = value;
                }

                done += part.Length;
            }
        }

        return _position;
    }

    /// <summary>Reads 64-bit values.</summary>
    /// <returns>Bytes read, which matters where other data follows.</returns>
    public int Decode(Span<long> destination)
    {
        CheckCount(destination.Length);
        Span<long> scratch = stackalloc long[Math.Min(_miniBlockSize, MaxMiniBlockSize)];
        Span<int> widths = stackalloc int[_miniBlocks];
        var value = _first;
        var done = Math.Min(1, destination.Length);
        destination[..done].Fill(value);
        while (done < destination.Length)
        {
            var least = BeginBlock(widths);
            for (var mini = 0; mini < _miniBlocks && done < destination.Length; mini++)
            {
                var part = destination[done..Math.Min(done + _miniBlockSize, destination.Length)];
                BitPacking.Unpack(TakeMiniBlock(widths[mini], 64), widths[mini], scratch);
                for (var i = 0; i < part.Length; i++)
                {
                    value = unchecked(value + least + scratch[i]);
                    part[i] = value;
                }

                done += part.Length;
            }
        }

        return _position;
    }

    /// <summary>Reads the least difference and the bit widths of a block.</summary>
    private long BeginBlock(scoped Span<int> widths)
    {
        var least = ReadZigZag();
        foreach (ref var width in widths)
        {
            width = ReadByte();
        }

        return least;
    }

    private ReadOnlySpan<byte> TakeMiniBlock(int width, int maxWidth)
    {
        if (width > maxWidth)
        {
            throw new InvalidDataException($"differences cannot be {width} bits wide");
        }

        var length = _miniBlockSize / 8 * width;
        if (length > _source.Length - _position)
        {
            throw new InvalidDataException("a page of differences ends too early");
        }

        // All that follows is handed out, so that whole vectors can be loaded at the end of the small block.
        var taken = _source[_position..];
        _position += length;
        return taken;
    }

    private readonly void CheckCount(int wanted)
    {
        if (wanted != Count)
        {
            throw new InvalidDataException($"a page holds {Count} values where {wanted} are expected");
        }
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

        throw new InvalidDataException("a number in a page does not end");
    }

    private byte ReadByte() =>
        _position < _source.Length ? _source[_position++] : throw new InvalidDataException("a page of differences ends too early");
}
