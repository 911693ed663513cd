using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Encoding = Parquet.Meta.Encoding;

namespace Parquet.Columns;

/// <summary>Moments of twelve bytes; the format gives them no order, so there are no extremes.</summary>
internal sealed class Int96Encoder(Int96[] values) : ColumnEncoder
{
    public override int Count => values.Length;

    public override long PlainLength => (long)values.Length * Unsafe.SizeOf<Int96>();

    protected override Encoding ValueEncoding => Encoding.PLAIN;

    public override void WriteDictionary(PooledBuffer destination) => throw new InvalidOperationException("there is no dictionary");

    protected override void WriteValues(int start, int count, PooledBuffer destination) =>
        destination.Write(MemoryMarshal.AsBytes(values.AsSpan(start, count)));
}
