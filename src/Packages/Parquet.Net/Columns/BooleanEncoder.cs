using Encoding = Parquet.Meta.Encoding;

namespace Parquet.Columns;

/// <summary>Truth values, one bit each.</summary>
internal sealed class BooleanEncoder : ColumnEncoder
{
    private readonly bool[] _values;

    public BooleanEncoder(bool[] values)
    {
        _values = values;
        if (values.Length > 0)
        {
            Least = [(byte)(values.Contains(false) ? 0 : 1)];
            Largest = [(byte)(values.Contains(true) ? 1 : 0)];
        }
    }

    public override int Count => _values.Length;

    public override long PlainLength => (_values.Length + 7) / 8;

    protected override Encoding ValueEncoding => Encoding.PLAIN;

    public override void WriteDictionary(PooledBuffer destination) => throw new InvalidOperationException("there is no dictionary");

    protected override void WriteValues(int start, int count, PooledBuffer destination)
    {
        var bytes = (count + 7) / 8;
        var target = destination.GetSpan(bytes)[..bytes];
        target.Clear();
        for (var i = 0; i < count; i++)
        {
            target[i >> 3] |= (byte)((_values[start + i] ? 1 : 0) << (i & 7));
        }

        destination.Advance(bytes);
    }
}
