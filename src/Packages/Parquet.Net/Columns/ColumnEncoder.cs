using System.Buffers;
using Parquet.Encodings;
using Encoding = Parquet.Meta.Encoding;

namespace Parquet.Columns;

/// <summary>Lays out the defined values of a column, page by page, as a dictionary with indexes where that pays.</summary>
internal abstract class ColumnEncoder : IDisposable
{
    private int[] _indexes = [];

    /// <summary>Values, nulls left out.</summary>
    public abstract int Count { get; }

    /// <summary>Bytes that all values take in plain encoding, roughly.</summary>
    public abstract long PlainLength { get; }

    /// <summary>Entries of the dictionary; 0 without one.</summary>
    public int DictionaryCount { get; private set; }

    /// <summary>Least and largest value in plain encoding; null where they are not known.</summary>
    public byte[]? Least { get; protected set; }

    /// <inheritdoc cref="Least"/>
    public byte[]? Largest { get; protected set; }

    /// <summary>How <see cref="WritePage"/> lays out its values.</summary>
    public Encoding Encoding => DictionaryCount > 0 ? Encoding.PLAIN_DICTIONARY : ValueEncoding;

    /// <summary>The encoding of values for which there is no dictionary.</summary>
    protected abstract Encoding ValueEncoding { get; }

    public abstract void WriteDictionary(PooledBuffer destination);

    public void WritePage(int start, int count, PooledBuffer destination)
    {
        if (DictionaryCount == 0)
        {
            WriteValues(start, count, destination);
            return;
        }

        var width = BitPacking.WidthOf((uint)(DictionaryCount - 1));
        destination.Write((byte)width);
        HybridEncoder.Encode(_indexes.AsSpan(start, count), width, destination);
    }

    public void Dispose()
    {
        if (_indexes.Length > 0)
        {
            ArrayPool<int>.Shared.Return(_indexes);
            _indexes = [];
        }
    }

    protected abstract void WriteValues(int start, int count, PooledBuffer destination);

    /// <summary>Takes over the indexes of a dictionary.</summary>
    protected void UseDictionary(int count, int[] indexes)
    {
        DictionaryCount = count;
        _indexes = indexes;
    }
}
