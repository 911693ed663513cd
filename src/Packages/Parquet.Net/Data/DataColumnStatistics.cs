namespace Parquet.Data;

/// <summary>Extremes and null count of a column in one row group; null where the file does not say.</summary>
public class DataColumnStatistics
{
    public DataColumnStatistics()
    {
    }

    public DataColumnStatistics(long? nullCount, long? distinctCount, object? minValue, object? maxValue)
    {
        NullCount = nullCount;
        DistinctCount = distinctCount;
        MinValue = minValue;
        MaxValue = maxValue;
    }

    public long? NullCount { get; internal set; }

    public long? DistinctCount { get; internal set; }

    public object? MinValue { get; internal set; }

    public object? MaxValue { get; internal set; }
}
