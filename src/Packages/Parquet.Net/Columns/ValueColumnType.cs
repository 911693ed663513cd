namespace Parquet.Columns;

/// <summary>Values that are structs; missing ones are <see cref="Nullable{T}"/>.</summary>
internal sealed class ValueColumnType<T> : ColumnType
    where T : struct
{
    public override int CountNulls(Array data)
    {
        if (data is T[])
        {
            return 0;
        }

        var nulls = 0;
        foreach (ref readonly var value in new ReadOnlySpan<T?>((T?[])data))
        {
            nulls += value.HasValue ? 0 : 1;
        }

        return nulls;
    }

    public override Array Pack(Array data, int nullCount, Span<int> levels, int maxLevel)
    {
        if (data is T[] defined)
        {
            levels.Fill(maxLevel);
            return defined;
        }

        var source = new ReadOnlySpan<T?>((T?[])data);

        // One place more than needed lets every value be stored without asking whether it is one.
        var packed = new T[source.Length - nullCount + 1];
        var count = 0;
        for (var i = 0; i < source.Length; i++)
        {
            var here = source[i].HasValue ? 1 : 0;
            levels[i] = maxLevel - 1 + here;
            packed[count] = source[i].GetValueOrDefault();
            count += here;
        }

        return packed[..count];
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

    public override Array AsNullable(Array defined)
    {
        var source = (T[])defined;
        var result = new T?[source.Length];
        for (var i = 0; i < source.Length; i++)
        {
            result[i] = source[i];
        }

        return result;
    }

    public override Array CreateArray(int length) => new T[length];
}
