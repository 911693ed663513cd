namespace Parquet.Columns;

/// <summary>Byte arrays that all have the same length.</summary>
internal sealed class FixedBytesDecoder : ColumnDecoder<byte[]>
{
    private readonly int _length;

    /// <exception cref="InvalidDataException">The schema gives no usable length.</exception>
    public FixedBytesDecoder(int? length, int capacity)
        : base(capacity) =>
        _length = length is > 0 ? length.Value : throw new InvalidDataException($"byte arrays cannot have the fixed length {length}");

    protected override long MinPlainLength(int count) => (long)count * _length;

    protected override void DecodePlain(ReadOnlySpan<byte> page, Span<byte[]> destination)
    {
        for (var i = 0; i < destination.Length; i++)
        {
            destination[i] = page.Slice(i * _length, _length).ToArray();
        }
    }
}
