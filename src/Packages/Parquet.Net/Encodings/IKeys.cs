namespace Parquet.Encodings;

/// <summary>How values are told apart when a dictionary is built; a struct, so that calls are inlined.</summary>
internal interface IKeys<in T>
{
    /// <summary>False where hashes are worth comparing before values are.</summary>
    static abstract bool EqualIsCheap { get; }

    static abstract uint Hash(T value);

    static abstract bool Equal(T left, T right);
}

internal readonly struct Int32Keys : IKeys<int>
{
    public static bool EqualIsCheap => true;

    public static uint Hash(int value) => (uint)value * 0x9E3779B1u;

    public static bool Equal(int left, int right) => left == right;
}

internal readonly struct Int64Keys : IKeys<long>
{
    public static bool EqualIsCheap => true;

    public static uint Hash(long value) => (uint)((ulong)value * 0x9E3779B97F4A7C15ul >> 32);

    public static bool Equal(long left, long right) => left == right;
}

internal readonly struct StringKeys : IKeys<string>
{
    public static bool EqualIsCheap => false;

    public static uint Hash(string value) => (uint)value.GetHashCode(StringComparison.Ordinal);

    public static bool Equal(string left, string right) => string.Equals(left, right);
}
