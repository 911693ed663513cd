namespace Parquet.Encodings;

/// <summary>Reads the format's mixture of runs of one value and bit-packed groups of eight, run by run.</summary>
internal ref struct HybridDecoder
{
    private readonly int _width;
    private ReadOnlySpan<byte> _rest;
    private ReadOnlySpan<byte> _packed;

    /// <exception cref="InvalidDataException">The width is not 0 to 32 bits.</exception>
    public HybridDecoder(ReadOnlySpan<byte> source, int width)
    {
        _rest = source;
        _width = width is >= 0 and <= 32 ? width : throw new InvalidDataException($"values cannot be {width} bits wide");
    }

    /// <summary>True when the run repeats <see cref="Value"/>.</summary>
    public bool IsRepeated { get; private set; }

    public int Value { get; private set; }

    /// <summary>Values of the run; the last bit-packed run of a page may hold more than the page does.</summary>
    public int Count { get; private set; }

    /// <summary>Fills <paramref name="destination"/>.</summary>
    public static void Decode(ReadOnlySpan<byte> source, int width, Span<int> destination)
    {
        var decoder = new HybridDecoder(source, width);
        while (destination.Length > 0)
        {
            decoder.NextRun();
            var part = destination[..Math.Min(decoder.Count, destination.Length)];
            if (decoder.IsRepeated)
            {
                part.Fill(decoder.Value);
            }
            else
            {
                decoder.Unpack(0, part);
            }

            destination = destination[part.Length..];
        }
    }

    /// <exception cref="InvalidDataException">There is no further run.</exception>
    public void NextRun()
    {
        var header = ReadVarint();
        IsRepeated = (header & 1) == 0;
        var count = header >> 1;
        if (IsRepeated)
        {
            Count = (int)Math.Min(count, int.MaxValue);
            Value = ReadValue();
            return;
        }

        var bytes = Math.Min(count * (ulong)_width, int.MaxValue);
        Count = (int)Math.Min(count * 8, int.MaxValue);

        // All that follows is kept, so that whole vectors can be loaded at the end of the run; some writers leave out the last group's padding.
        _packed = _rest;
        _rest = _rest[(int)Math.Min((ulong)_rest.Length, bytes)..];
    }

    /// <summary>Unpacks values of the current run.</summary>
    /// <param name="start">First value, a multiple of eight.</param>
    /// <param name="destination">Receives as many values as it has places.</param>
    public readonly void Unpack(int start, Span<int> destination)
    {
        var offset = (long)start / 8 * _width;
        if (offset > _packed.Length)
        {
            throw new InvalidDataException("a run of values ends too early");
        }

        BitPacking.Unpack(_packed[(int)offset..], _width, destination);
    }

    private int ReadValue()
    {
        var bytes = (_width + 7) / 8;
        if (bytes > _rest.Length)
        {
            throw new InvalidDataException("a run of values ends too early");
        }

        var value = 0;
        for (var i = 0; i < bytes; i++)
        {
            value |= _rest[i] << 8 * i;
        }

        _rest = _rest[bytes..];
        return value;
    }

    private ulong ReadVarint()
    {
        var value = 0UL;
        for (var i = 0; i < Math.Min(_rest.Length, 6); i++)
        {
            value |= (ulong)(_rest[i] & 0x7F) << 7 * i;
            if (_rest[i] < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return value;
            }
        }

        throw new InvalidDataException("a page holds fewer values than it says");
    }
}
