namespace Parquet;

/// <summary>What can be chosen when a file is read or written.</summary>
public class ParquetOptions
{
    /// <summary>Reads byte arrays without an annotation as strings.</summary>
    public bool TreatByteArrayAsString { get; set; }

    /// <summary>Writes columns with few distinct values as a dictionary and indexes into it.</summary>
    public bool UseDictionaryEncoding { get; set; } = true;

    /// <summary>The share of distinct values (0 to 1) above which no dictionary is written.</summary>
    public double DictionaryEncodingThreshold { get; set; } = 0.8;

    /// <summary>Writes whole numbers that have no dictionary as differences.</summary>
    public bool UseDeltaBinaryPackedEncoding { get; set; } = true;
}
