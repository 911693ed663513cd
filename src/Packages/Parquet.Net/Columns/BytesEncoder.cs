using Parquet.Encodings;
using Encoding = Parquet.Meta.Encoding;

namespace Parquet.Columns;

/// <summary>Byte arrays, each with its length.</summary>
internal sealed class BytesEncoder(byte[][] values) : ColumnEncoder
{
    public override int Count => values.Length;

    public override long PlainLength { get; } = values.Sum(value => (long)value.Length + sizeof(int));

    protected override Encoding ValueEncoding => Encoding.PLAIN;

    public override void WriteDictionary(PooledBuffer destination) => throw new InvalidOperationException("there is no dictionary");

    protected override void WriteValues(int start, int count, PooledBuffer destination)
    {
        foreach (var value in values.AsSpan(start, count))
        {
            PlainByteArrays.Write(value, destination);
        }
    }
}
