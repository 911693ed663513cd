using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Parquet.Encodings;
using Encoding = Parquet.Meta.Encoding;

namespace Parquet.Columns;

/// <summary>Values of four or eight bytes, stored as they lie in memory (little endian).</summary>
internal sealed class FixedEncoder<T> : ColumnEncoder
    where T : unmanaged, INumber<T>, IMinMaxValue<T>
{
    /// <summary>Values of which differences are taken, to see whether these are smaller than the values.</summary>
    private const int DeltaSample = 4096;

    private readonly T[] _values;
    private readonly bool _useDelta;
    private readonly byte[] _dictionary = [];

    public FixedEncoder(T[] values, ParquetOptions options)
    {
        _values = values;
        ReadOnlySpan<T> distinct = values;
        if (options.UseDictionaryEncoding)
        {
            _dictionary = Unsafe.SizeOf<T>() == sizeof(int)
                ? BuildDictionary<int, Int32Keys>(options.DictionaryEncodingThreshold)
                : BuildDictionary<long, Int64Keys>(options.DictionaryEncodingThreshold);
            distinct = DictionaryCount > 0 ? MemoryMarshal.Cast<byte, T>(_dictionary) : distinct;
        }

        _useDelta = DictionaryCount == 0 && options.UseDeltaBinaryPackedEncoding && IsSmallerAsDelta();
        FindExtremes(distinct);
    }

    public override int Count => _values.Length;

    public override long PlainLength => (long)_values.Length * Unsafe.SizeOf<T>();

    protected override Encoding ValueEncoding => _useDelta ? Encoding.DELTA_BINARY_PACKED : Encoding.PLAIN;

    public override void WriteDictionary(PooledBuffer destination) => destination.Write(_dictionary);

    protected override void WriteValues(int start, int count, PooledBuffer destination)
    {
        var values = _values.AsSpan(start, count);
        if (_useDelta)
        {
            WriteDelta(values, destination);
        }
        else
        {
            destination.Write(MemoryMarshal.AsBytes(values));
        }
    }

    private static void WriteDelta(Span<T> values, PooledBuffer destination)
    {
        if (Unsafe.SizeOf<T>() == sizeof(int))
        {
            DeltaBinaryPackedEncoder.Encode(MemoryMarshal.Cast<T, int>(values), destination);
        }
        else
        {
            DeltaBinaryPackedEncoder.Encode(MemoryMarshal.Cast<T, long>(values), destination);
        }
    }

    private bool IsSmallerAsDelta()
    {
        if (typeof(T) == typeof(float) || typeof(T) == typeof(double))
        {
            return false;
        }

        using var sample = new PooledBuffer();
        var values = _values.AsSpan(0, Math.Min(DeltaSample, _values.Length));
        WriteDelta(values, sample);
        return sample.Length < 0.9 * values.Length * Unsafe.SizeOf<T>();
    }

    /// <summary>Builds the dictionary over the values' bits, which tell the two zeros and the kinds of NaN apart.</summary>
    private byte[] BuildDictionary<TBits, TKeys>(double threshold)
        where TBits : unmanaged
        where TKeys : struct, IKeys<TBits>
    {
        var bits = MemoryMarshal.Cast<T, TBits>(_values.AsSpan());
        var builder = DictionaryBuilder<TBits, TKeys>.TryBuild(bits, threshold, out var indexes);
        if (builder is null)
        {
            return [];
        }

        UseDictionary(builder.Entries.Length, indexes);
        return MemoryMarshal.AsBytes(builder.Entries).ToArray();
    }

    private void FindExtremes(ReadOnlySpan<T> values)
    {
        if (Extremes.TryFind(values, out var least, out var largest))
        {
            Least = MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in least)).ToArray();
            Largest = MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in largest)).ToArray();
        }
    }
}
