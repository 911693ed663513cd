using Parquet.Meta;
using Parquet.Schema;

namespace Parquet.Columns;

/// <summary>Moments as counts since 1970.</summary>
internal static class Moments
{
    public static DateTime FromDays(int days) => DateTime.UnixEpoch.AddDays(days);

    public static DateTime ToUtc(DateTime value) => value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value;

    /// <summary>Converts a 64-bit count in the unit that the schema gives.</summary>
    public static Func<long, DateTime> Reader(SchemaElement element)
    {
        var ticks = TicksPerUnit(element);
        var kind = element.Logical is { Kind: LogicalType.Timestamp, IsAdjustedToUtc: false } ? DateTimeKind.Unspecified : DateTimeKind.Utc;
        return ticks == 0
            ? value => DateTime.SpecifyKind(DateTime.UnixEpoch.AddTicks(value / TimeSpan.NanosecondsPerTick), kind)
            : value => DateTime.SpecifyKind(DateTime.UnixEpoch.AddTicks(Multiply(value, ticks)), kind);
    }

    /// <summary>The inverse of <see cref="Reader"/>.</summary>
    public static Func<DateTime, long> Writer(SchemaElement element)
    {
        var ticks = TicksPerUnit(element);
        return ticks == 0
            ? value => (ToUtc(value) - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick
            : value => (ToUtc(value) - DateTime.UnixEpoch).Ticks / ticks;
    }

    /// <summary>0 for nanoseconds, which are finer than a tick.</summary>
    private static long TicksPerUnit(SchemaElement element) => element switch
    {
        { Logical: { Kind: LogicalType.Timestamp, Unit: DateTimeTimeUnit.Nanos } } => 0,
        { Logical: { Kind: LogicalType.Timestamp, Unit: DateTimeTimeUnit.Micros } } => TimeSpan.TicksPerMicrosecond,
        { Logical.Kind: LogicalType.Timestamp } => TimeSpan.TicksPerMillisecond,
        { ConvertedType: ConvertedType.TIMESTAMP_MICROS } => TimeSpan.TicksPerMicrosecond,
        _ => TimeSpan.TicksPerMillisecond,
    };

    private static long Multiply(long value, long ticks)
    {
        var product = (Int128)value * ticks;
        return product >= long.MinValue && product <= long.MaxValue
            ? (long)product
            : throw new ArgumentOutOfRangeException(nameof(value), value, "the moment lies outside of the years 1 to 9999");
    }
}
