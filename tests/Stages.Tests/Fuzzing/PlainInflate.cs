namespace Pipelines.Tests.Stages.Fuzzing;

/// <summary>DEFLATE (RFC 1951) bit by bit, as its text reads, to compare others with.</summary>
internal sealed class PlainInflate(byte[] bytes, int start)
{
    private static readonly int[] LengthBases =
        [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];

    private static readonly int[] LengthBits =
        [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];

    private static readonly int[] DistanceBases = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025,
        1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];

    private static readonly int[] CodeOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    private readonly List<byte> _output = [];
    private long _bit = 8L * start;

    /// <summary>Where the data end, in whole bytes.</summary>
    public int End => (int)((_bit + 7) / 8);

    /// <exception cref="InvalidDataException">The data break a rule, or end early.</exception>
    public byte[] Read()
    {
        bool isLast;
        do
        {
            isLast = Bits(1) == 1;
            switch (Bits(2))
            {
                case 0:
                    Stored();
                    break;
                case 1:
                    Compressed(Codes.Of([.. Enumerable.Range(0, 288).Select(i => i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8)]),
                        Codes.Of([.. Enumerable.Repeat(5, 30)]));
                    break;
                case 2:
                    Dynamic();
                    break;
                default:
                    throw new InvalidDataException("unknown block");
            }
        }
        while (!isLast);
        return [.. _output];
    }

    private void Stored()
    {
        _bit = 8L * End;
        var (length, complement) = (Bits(16), Bits(16));
        if (length != (~complement & 0xFFFF))
            throw new InvalidDataException("length");
        for (; length > 0; length--)
            _output.Add((byte)Bits(8));
    }

    private void Dynamic()
    {
        var (literals, distances, codes) = (Bits(5) + 257, Bits(5) + 1, Bits(4) + 4);
        if (literals > 286 || distances > 30)
            throw new InvalidDataException("counts");
        var codeLengths = new int[19];
        for (var i = 0; i < codes; i++)
            codeLengths[CodeOrder[i]] = Bits(3);
        var code = Codes.Of(codeLengths);
        if (!code.IsComplete)
            throw new InvalidDataException("code lengths");
        List<int> lengths = [];
        while (lengths.Count < literals + distances)
            switch (Next(code))
            {
                case 16 when lengths.Count == 0:
                    throw new InvalidDataException("nothing to repeat");
                case 16:
                    lengths.AddRange(Enumerable.Repeat(lengths[^1], Bits(2) + 3));
                    break;
                case 17:
                    lengths.AddRange(Enumerable.Repeat(0, Bits(3) + 3));
                    break;
                case 18:
                    lengths.AddRange(Enumerable.Repeat(0, Bits(7) + 11));
                    break;
                case var length:
                    lengths.Add(length);
                    break;
            }
        if (lengths.Count != literals + distances || lengths[256] == 0)
            throw new InvalidDataException("lengths");
        var (literal, distance) = (Codes.Of([.. lengths.Take(literals)]), Codes.Of([.. lengths.Skip(literals)]));
        // An incomplete code is only allowed where a single code has one bit.
        if ((!literal.IsComplete && literal.Count != 1) || (!distance.IsComplete && distance is { Count: > 1 } or { Longest: > 1 }))
            throw new InvalidDataException("incomplete");
        Compressed(literal, distance);
    }

    private void Compressed(Codes literals, Codes distances)
    {
        while (Next(literals) is var symbol && symbol != 256)
            if (symbol < 256)
                _output.Add((byte)symbol);
            else
                Copy(symbol - 257, distances);
    }

    private void Copy(int symbol, Codes distances)
    {
        if (symbol >= LengthBases.Length)
            throw new InvalidDataException("length symbol");
        var length = LengthBases[symbol] + Bits(LengthBits[symbol]);
        var code = Next(distances);
        if (code >= DistanceBases.Length)
            throw new InvalidDataException("distance symbol");
        var distance = DistanceBases[code] + Bits(Math.Max(0, (code / 2) - 1));
        if (distance > _output.Count)
            throw new InvalidDataException("distance");
        for (; length > 0; length--)
            _output.Add(_output[^distance]);
    }

    private int Next(Codes codes)
    {
        var (code, length) = (0, 0);
        while (length < 15)
        {
            (code, length) = ((code << 1) | Bits(1), length + 1);
            if (codes.Symbols.TryGetValue((length, code), out var symbol))
                return symbol;
        }
        throw new InvalidDataException("code");
    }

    private int Bits(int count)
    {
        var value = 0;
        for (var i = 0; i < count; i++, _bit++)
            value |= _bit < 8L * bytes.Length ? (bytes[_bit / 8] >> (int)(_bit % 8) & 1) << i : throw new InvalidDataException("cut short");
        return value;
    }

    /// <summary>The symbols by the length and value of their codes.</summary>
    private sealed record Codes(Dictionary<(int Length, int Code), int> Symbols, bool IsComplete)
    {
        public int Count => Symbols.Count;

        public int Longest => Symbols.Keys.Select(key => key.Length).DefaultIfEmpty().Max();

        /// <exception cref="InvalidDataException">There are more codes than there can be.</exception>
        public static Codes Of(int[] lengths)
        {
            Dictionary<(int, int), int> symbols = [];
            var (code, left) = (0, 1);
            for (var length = 1; length <= 15; length++)
            {
                (code, left) = (code << 1, left << 1);
                for (var symbol = 0; symbol < lengths.Length; symbol++)
                    if (lengths[symbol] == length)
                    {
                        symbols.Add((length, code++), symbol);
                        left--;
                    }
                if (left < 0)
                    throw new InvalidDataException("too many codes");
            }
            return new(symbols, left == 0);
        }
    }
}
