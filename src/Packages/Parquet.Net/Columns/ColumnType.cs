namespace Parquet.Columns;

/// <summary>Moves values of one .NET type between arrays with nulls and arrays of defined values with levels.</summary>
internal abstract class ColumnType
{
    /// <summary>Nulls in an array of nullable values.</summary>
    public abstract int CountNulls(Array data);

    /// <summary>Leaves the nulls out.</summary>
    /// <param name="data">Values, some of which may be null.</param>
    /// <param name="nullCount">How many of them are.</param>
    /// <param name="levels">Receives <paramref name="maxLevel"/> for a value, one less for a null.</param>
    public abstract Array Pack(Array data, int nullCount, Span<int> levels, int maxLevel);

    /// <summary>The inverse of <see cref="Pack"/>: any level below <paramref name="maxLevel"/> becomes a null.</summary>
    public abstract Array Unpack(Array defined, ReadOnlySpan<int> levels, int maxLevel);

    /// <summary>The same values in an array of the nullable type, when there are no nulls.</summary>
    public abstract Array AsNullable(Array defined);

    public abstract Array CreateArray(int length);
}
