using Parquet.Encodings;
using Encoding = Parquet.Meta.Encoding;

namespace Parquet.Columns;

/// <summary>Collects the defined values of a column chunk from its pages.</summary>
internal abstract class ColumnDecoder
{
    /// <exception cref="InvalidDataException">The page does not hold <paramref name="count"/> values.</exception>
    public abstract void ReadDictionary(ReadOnlySpan<byte> page, int count);

    /// <param name="encoding">How the values are laid out.</param>
    /// <param name="page">The values, without levels.</param>
    /// <param name="count">Values that are not null.</param>
    /// <exception cref="InvalidDataException">The page does not hold that many values.</exception>
    public abstract void ReadPage(Encoding encoding, ReadOnlySpan<byte> page, int count);

    /// <summary>All values read so far.</summary>
    public abstract Array ToArray();
}

/// <summary>As <see cref="ColumnDecoder"/>, for values stored as <typeparamref name="T"/>.</summary>
/// <param name="capacity">Values expected; more are taken.</param>
internal abstract class ColumnDecoder<T>(int capacity) : ColumnDecoder
{
    /// <summary>Indexes that are unpacked at once, small enough for the stack.</summary>
    private const int IndexBatch = 1024;

    private T[] _values = [];
    private T[]? _dictionary;
    private int _count;

    public sealed override void ReadDictionary(ReadOnlySpan<byte> page, int count)
    {
        if (_dictionary is not null)
        {
            throw new InvalidDataException("a column chunk has two dictionaries");
        }

        CheckPlain(page, count);
        var dictionary = new T[count];
        DecodePlain(page, dictionary);
        _dictionary = dictionary;
    }

    public sealed override void ReadPage(Encoding encoding, ReadOnlySpan<byte> page, int count)
    {
        if (count == 0)
        {
            return;
        }

        if (encoding == Encoding.PLAIN)
        {
            CheckPlain(page, count);
        }

        var destination = Next(count);
        switch (encoding)
        {
            case Encoding.PLAIN:
                DecodePlain(page, destination);
                break;
            case Encoding.PLAIN_DICTIONARY or Encoding.RLE_DICTIONARY:
                DecodeIndexes(page, destination);
                break;
            default:
                Decode(encoding, page, destination);
                break;
        }
    }

    public override Array ToArray() => Values();

    public T[] Values()
    {
        if (_values.Length != _count)
        {
            Array.Resize(ref _values, _count);
        }

        return _values;
    }

    /// <summary>Fewest bytes that <paramref name="count"/> values take in plain encoding.</summary>
    protected abstract long MinPlainLength(int count);

    protected abstract void DecodePlain(ReadOnlySpan<byte> page, Span<T> destination);

    /// <summary>Decodes what is neither plain nor a dictionary.</summary>
    protected virtual void Decode(Encoding encoding, ReadOnlySpan<byte> page, Span<T> destination) =>
        throw new NotSupportedException($"encoding {encoding} of {typeof(T)} cannot be read");

    private void CheckPlain(ReadOnlySpan<byte> page, int count)
    {
        if (count < 0 || MinPlainLength(count) > page.Length)
        {
            throw new InvalidDataException($"a page of {page.Length} bytes cannot hold {count} values");
        }
    }

    private void DecodeIndexes(ReadOnlySpan<byte> page, Span<T> destination)
    {
        if (_dictionary is not { Length: > 0 } dictionary || page.IsEmpty)
        {
            throw new InvalidDataException("a page of indexes, or the dictionary it refers to, is missing");
        }

        Span<int> indexes = stackalloc int[IndexBatch];
        var decoder = new HybridDecoder(page[1..], page[0]);
        while (destination.Length > 0)
        {
            decoder.NextRun();
            var run = destination[..Math.Min(decoder.Count, destination.Length)];
            destination = destination[run.Length..];
            if (decoder.IsRepeated)
            {
                run.Fill(Entry(dictionary, decoder.Value));
                continue;
            }

            for (var start = 0; start < run.Length; start += IndexBatch)
            {
                var part = run.Slice(start, Math.Min(IndexBatch, run.Length - start));
                decoder.Unpack(start, indexes[..part.Length]);
                Gather(dictionary, indexes[..part.Length], part);
            }
        }
    }

    private static void Gather(T[] dictionary, ReadOnlySpan<int> indexes, Span<T> destination)
    {
        if (indexes.ContainsAnyExceptInRange(0, dictionary.Length - 1))
        {
            throw new InvalidDataException($"an index lies outside of a dictionary of {dictionary.Length} values");
        }

        for (var i = 0; i < destination.Length; i++)
        {
            destination[i] = dictionary[indexes[i]];
        }
    }

    private static T Entry(T[] dictionary, int index) => (uint)index < (uint)dictionary.Length
        ? dictionary[index]
        : throw new InvalidDataException($"index {index} lies outside of a dictionary of {dictionary.Length} values");

    private Span<T> Next(int count)
    {
        var needed = _count + count;
        if (needed > _values.Length)
        {
            Array.Resize(ref _values, Math.Max(needed, _count == 0 ? capacity : (int)Math.Min(2L * needed, Array.MaxLength)));
        }

        var next = _values.AsSpan(_count, count);
        _count = needed;
        return next;
    }
}
