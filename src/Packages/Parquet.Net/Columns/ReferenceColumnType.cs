namespace Parquet.Columns;

/// <summary>Values that are classes; missing ones are null references.</summary>
internal sealed class ReferenceColumnType<T> : ColumnType
    where T : class
{
    public override int CountNulls(Array data)
    {
        var nulls = 0;
        foreach (var value in (T?[])data)
        {
            nulls += value is null ? 1 : 0;
        }

        return nulls;
    }

    public override Array Pack(Array data, int nullCount, Span<int> levels, int maxLevel)
    {
        var source = (T?[])data;
        if (nullCount == 0)
        {
            levels.Fill(maxLevel);
            return source;
        }

        var packed = new T[source.Length - nullCount];
        var next = 0;
        for (var i = 0; i < source.Length; i++)
        {
            levels[i] = maxLevel - 1;
            if (source[i] is { } value)
            {
                levels[i] = maxLevel;
                packed[next++] = value;
            }
        }

        return packed;
    }

    public override Array Unpack(Array defined, ReadOnlySpan<int> levels, int maxLevel)
    {
        var source = (T[])defined;
        var result = new T?[levels.Length];
        var next = 0;
        for (var i = 0; i < levels.Length; i++)
        {
            if (levels[i] == maxLevel)
            {
                result[i] = source[next++];
            }
        }

        return result;
    }

    public override Array AsNullable(Array defined) => defined;

    public override Array CreateArray(int length) => new T[length];
}
