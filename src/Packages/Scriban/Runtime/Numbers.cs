using System.Globalization;
using System.Numerics;

namespace Scriban.Runtime;

/// <summary>Conversions between the number types, <see cref="BigInteger"/> included.</summary>
internal static class Numbers
{
    private static readonly object[] s_small = [.. Enumerable.Range(-1, 1026).Select(value => (object)value)];

    public static readonly object True = true;

    public static readonly object False = false;

    public static object Box(bool value) => value ? True : False;

    /// <summary>The smallest of int, long and <see cref="BigInteger"/> that holds a value.</summary>
    public static object Fit(long value)
    {
        if (value is >= -1 and < 1025)
        {
            return s_small[value + 1];
        }

        return value is >= int.MinValue and <= int.MaxValue ? (int)value : value;
    }

    public static object Fit(BigInteger value) => value >= long.MinValue && value <= long.MaxValue ? Fit((long)value) : value;

    /// <exception cref="OverflowException">The value does not fit.</exception>
    public static object Convert(object value, Type destination, CultureInfo culture)
    {
        if (destination == typeof(BigInteger))
        {
            return value switch
            {
                double number => new BigInteger(number),
                float number => new BigInteger(number),
                decimal number => new BigInteger(number),
                ulong number => new BigInteger(number),
                _ => new BigInteger(System.Convert.ToInt64(value, culture)),
            };
        }

        if (value is not BigInteger big)
        {
            return System.Convert.ChangeType(value, destination, culture);
        }

        return destination switch
        {
            _ when destination == typeof(double) => (double)big,
            _ when destination == typeof(float) => (float)big,
            _ when destination == typeof(decimal) => (decimal)big,
            _ when destination == typeof(ulong) => (ulong)big,
            _ => System.Convert.ChangeType((long)big, destination, culture),
        };
    }
}
