using System.Numerics;

namespace Parquet.Columns;

/// <summary>Decimal numbers, stored as whole numbers of a scale.</summary>
internal static class Decimals
{
    private const int MaxScale = 28;

    /// <summary><paramref name="unscaled"/> divided by ten to the power of <paramref name="scale"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number has more digits than <see cref="decimal"/>.</exception>
    public static decimal Scale(BigInteger unscaled, int? scale)
    {
        var digits = scale ?? 0;
        if (digits is < 0 or > MaxScale || BigInteger.Abs(unscaled) > (BigInteger)decimal.MaxValue)
        {
            throw new ArgumentOutOfRangeException(nameof(unscaled), "the number has too many digits");
        }

        var magnitude = (decimal)BigInteger.Abs(unscaled);
        var bits = decimal.GetBits(magnitude);
        return new decimal(bits[0], bits[1], bits[2], unscaled.Sign < 0, (byte)digits);
    }

    /// <summary>Reads a big-endian whole number in two's complement.</summary>
    public static decimal FromBytes(byte[] value, int? scale) => Scale(new BigInteger(value, isBigEndian: true), scale);
}
