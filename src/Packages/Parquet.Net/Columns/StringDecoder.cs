using Parquet.Encodings;

namespace Parquet.Columns;

/// <summary>Strings, stored as UTF-8.</summary>
internal sealed class StringDecoder(int capacity) : ByteArrayDecoder<string>(capacity)
{
    protected override string Create(ReadOnlySpan<byte> value) => PlainByteArrays.ToText(value);
}
