namespace Parquet.Schema;

/// <summary>Unit of a timestamp.</summary>
public enum DateTimeTimeUnit
{
    Millis,
    Micros,
    Nanos,
}
