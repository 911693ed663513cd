namespace Parquet.Schema;

/// <summary>How a moment is stored.</summary>
public enum DateTimeFormat
{
    /// <summary>12 bytes: nanoseconds of the day and the Julian day.</summary>
    Impala,

    /// <summary>Milliseconds since 1970.</summary>
    DateAndTime,

    /// <summary>Microseconds since 1970.</summary>
    DateAndTimeMicros,

    /// <summary>Days since 1970.</summary>
    Date,

    /// <summary>A timestamp with its unit.</summary>
    Timestamp,
}
