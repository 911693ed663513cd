using Parquet.Encodings;
using Encoding = Parquet.Meta.Encoding;

namespace Parquet.Columns;

/// <summary>Strings, stored as UTF-8.</summary>
internal sealed class StringEncoder : ColumnEncoder
{
    private readonly string[] _values;
    private readonly string[] _dictionary = [];

    public StringEncoder(string[] values, ParquetOptions options)
    {
        _values = values;
        var characters = 0L;
        foreach (var value in values)
        {
            characters += value.Length;
        }

        PlainLength = characters + (long)sizeof(int) * values.Length;
        if (options.UseDictionaryEncoding
            && DictionaryBuilder<string, StringKeys>.TryBuild(values, options.DictionaryEncodingThreshold, out var indexes) is { } builder)
        {
            _dictionary = builder.Entries.ToArray();
            UseDictionary(_dictionary.Length, indexes);
        }

        if (Extremes.TryFind(DictionaryCount > 0 ? _dictionary : values, out var least, out var largest))
        {
            Least = System.Text.Encoding.UTF8.GetBytes(least);
            Largest = System.Text.Encoding.UTF8.GetBytes(largest);
        }
    }

    public override int Count => _values.Length;

    public override long PlainLength { get; }

    protected override Encoding ValueEncoding => Encoding.PLAIN;

    public override void WriteDictionary(PooledBuffer destination) => Write(_dictionary, destination);

    protected override void WriteValues(int start, int count, PooledBuffer destination) => Write(_values.AsSpan(start, count), destination);

    private static void Write(ReadOnlySpan<string> values, PooledBuffer destination)
    {
        foreach (var value in values)
        {
            PlainByteArrays.Write(value, destination);
        }
    }
}
