using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Parquet.Columns;

/// <summary>Least and largest values of a column, ordered as the format asks.</summary>
internal static class Extremes
{
    /// <summary>False when there is no value, or only NaNs, which are left out; of the two zeros the negative one is less.</summary>
    public static bool TryFind<T>(ReadOnlySpan<T> values, out T least, out T largest)
        where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        (least, largest) = (T.MaxValue, T.MinValue);
        var at = 0;
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double) && Vector.IsHardwareAccelerated)
        {
            at = FindInVectors(values, ref least, ref largest);
        }

        var any = at > 0;
        for (; at < values.Length; at++)
        {
            var value = values[at];
            if (T.IsNaN(value))
            {
                continue;
            }

            (least, largest) = any ? (T.Min(least, value), T.Max(largest, value)) : (value, value);
            any = true;
        }

        return any;
    }

    /// <summary>Strings in the order of their UTF-8 bytes; false when there is none.</summary>
    public static bool TryFind(ReadOnlySpan<string> values, out string least, out string largest)
    {
        (least, largest) = values.IsEmpty ? (string.Empty, string.Empty) : (values[0], values[0]);
        foreach (var value in values)
        {
            if (Compare(value, least) < 0)
            {
                least = value;
            }
            else if (Compare(value, largest) > 0)
            {
                largest = value;
            }
        }

        return !values.IsEmpty;
    }

    private static int FindInVectors<T>(ReadOnlySpan<T> values, ref T least, ref T largest)
        where T : unmanaged, INumber<T>
    {
        var vectors = MemoryMarshal.Cast<T, Vector<T>>(values);
        var low = new Vector<T>(least);
        var high = new Vector<T>(largest);
        foreach (var vector in vectors)
        {
            low = Vector.Min(low, vector);
            high = Vector.Max(high, vector);
        }

        for (var i = 0; i < Vector<T>.Count; i++)
        {
            least = T.Min(least, low[i]);
            largest = T.Max(largest, high[i]);
        }

        return vectors.Length * Vector<T>.Count;
    }

    private static int Compare(string left, string right)
    {
        // Most values already differ in their first character.
        var at = left.Length > 0 && right.Length > 0 && left[0] != right[0] ? 0 : left.AsSpan().CommonPrefixLength(right);
        if (at == left.Length || at == right.Length)
        {
            return left.Length.CompareTo(right.Length);
        }

        // UTF-16 sorts characters beyond the basic plane before U+E000, UTF-8 sorts them last.
        return Rank(left[at]).CompareTo(Rank(right[at]));
    }

    private static int Rank(char value) => char.IsSurrogate(value) ? value + Rune.ReplacementChar.Value : value;
}
