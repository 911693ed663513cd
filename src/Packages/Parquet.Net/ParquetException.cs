namespace Parquet;

/// <summary>A request that does not fit the file: a missing column, a schema that differs.</summary>
public class ParquetException : Exception
{
    public ParquetException()
    {
    }

    public ParquetException(string message)
        : base(message)
    {
    }

    public ParquetException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
