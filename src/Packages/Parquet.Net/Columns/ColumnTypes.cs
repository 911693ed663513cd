namespace Parquet.Columns;

/// <summary>The .NET types a column can hold.</summary>
internal static class ColumnTypes
{
    private static readonly Dictionary<Type, ColumnType> Known = new()
    {
        [typeof(bool)] = new ValueColumnType<bool>(),
        [typeof(byte)] = new ValueColumnType<byte>(),
        [typeof(sbyte)] = new ValueColumnType<sbyte>(),
        [typeof(short)] = new ValueColumnType<short>(),
        [typeof(ushort)] = new ValueColumnType<ushort>(),
        [typeof(int)] = new ValueColumnType<int>(),
        [typeof(uint)] = new ValueColumnType<uint>(),
        [typeof(long)] = new ValueColumnType<long>(),
        [typeof(ulong)] = new ValueColumnType<ulong>(),
        [typeof(float)] = new ValueColumnType<float>(),
        [typeof(double)] = new ValueColumnType<double>(),
        [typeof(decimal)] = new ValueColumnType<decimal>(),
        [typeof(DateTime)] = new ValueColumnType<DateTime>(),
        [typeof(TimeSpan)] = new ValueColumnType<TimeSpan>(),
        [typeof(Guid)] = new ValueColumnType<Guid>(),
        [typeof(string)] = new ReferenceColumnType<string>(),
        [typeof(byte[])] = new ReferenceColumnType<byte[]>(),
    };

    public static bool IsKnown(Type type) => Known.ContainsKey(type);

    public static ColumnType Of(Type type) => Known[type];
}
