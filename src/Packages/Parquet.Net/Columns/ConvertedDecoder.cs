using Encoding = Parquet.Meta.Encoding;

namespace Parquet.Columns;

/// <summary>Values that mean something else than they are stored as, such as days that are dates.</summary>
internal sealed class ConvertedDecoder<TStored, T>(ColumnDecoder<TStored> stored, Func<TStored, T> convert) : ColumnDecoder
{
    public override void ReadDictionary(ReadOnlySpan<byte> page, int count) => stored.ReadDictionary(page, count);

    public override void ReadPage(Encoding encoding, ReadOnlySpan<byte> page, int count) => stored.ReadPage(encoding, page, count);

    public override Array ToArray()
    {
        try
        {
            return Array.ConvertAll(stored.Values(), value => convert(value));
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new InvalidDataException($"a value does not fit into {typeof(T)}", e);
        }
    }
}
