namespace Parquet.Columns;

/// <summary>Byte arrays, each with its length.</summary>
internal sealed class BytesDecoder(int capacity) : ByteArrayDecoder<byte[]>(capacity)
{
    protected override byte[] Create(ReadOnlySpan<byte> value) => value.ToArray();
}
