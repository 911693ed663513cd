using System.Runtime.InteropServices;

namespace Parquet.Columns;

/// <summary>The oldest way to store a moment: nanoseconds since midnight and the Julian day.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct Int96(long Nanoseconds, int JulianDay)
{
    /// <summary>Julian day of 1970-01-01.</summary>
    private const int Epoch = 2_440_588;

    public static Int96 From(DateTime value)
    {
        var utc = Moments.ToUtc(value);
        var days = (utc.Date - DateTime.UnixEpoch).Days;
        return new Int96(utc.TimeOfDay.Ticks * TimeSpan.NanosecondsPerTick, days + Epoch);
    }

    public DateTime ToDateTime() =>
        Moments.FromDays(JulianDay - Epoch).AddTicks(Nanoseconds / TimeSpan.NanosecondsPerTick);
}
