using Parquet.Columns;
using Parquet.Data;
using Parquet.Meta;
using Parquet.Schema;

namespace Parquet;

/// <summary>Reads the columns of one row group, in any order, one at a time.</summary>
public class ParquetRowGroupReader : IDisposable, IParquetRowGroupReader
{
    private readonly Stream _stream;
    private readonly Dictionary<FieldPath, ColumnChunk> _chunks = [];
    private readonly IReadOnlyDictionary<FieldPath, SchemaElement> _elements;

    internal ParquetRowGroupReader(RowGroup group, IReadOnlyDictionary<FieldPath, SchemaElement> elements, Stream stream)
    {
        RowGroup = group;
        _elements = elements;
        _stream = stream;
        foreach (var chunk in group.Columns)
        {
            if (chunk.MetaData is { } meta)
            {
                _chunks[new FieldPath(meta.PathInSchema)] = chunk;
            }
        }
    }

    public RowGroup RowGroup { get; }

    public long RowCount => RowGroup.NumRows;

    public bool ColumnExists(DataField field) => GetMetadata(field) is not null;

    /// <summary>Reads all values of a column in this row group.</summary>
    /// <exception cref="ParquetException">The file has no such column.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    /// <exception cref="NotSupportedException">The column is stored in a way that cannot be read.</exception>
    public Task<DataColumn> ReadColumnAsync(DataField field, CancellationToken cancellationToken = default)
    {
        var (element, meta) = Find(field);
        field.EnsureAttachedToSchema(nameof(field));
        var statistics = StatisticsReader.Read(field, element, meta.Statistics);
        return new ColumnChunkReader(field, element, meta, RowCount, statistics).ReadAsync(_stream, statistics, cancellationToken);
    }

    public ColumnChunk? GetMetadata(DataField field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return _chunks.GetValueOrDefault(field.Path);
    }

    public Dictionary<string, string> GetCustomMetadata(DataField field)
    {
        var pairs = GetMetadata(field)?.MetaData?.KeyValueMetadata ?? [];
        return pairs.ToDictionary(pair => pair.Key, pair => pair.Value ?? string.Empty);
    }

    /// <summary>Extremes and null count without reading the values; null where the file has none.</summary>
    /// <exception cref="ParquetException">The file has no such column.</exception>
    public DataColumnStatistics? GetStatistics(DataField field)
    {
        var (element, meta) = Find(field);
        return StatisticsReader.Read(field, element, meta.Statistics);
    }

    /// <summary>Does nothing; there is nothing to release.</summary>
    public void Dispose()
    {
    }

    private (SchemaElement Element, ColumnMetaData Meta) Find(DataField field)
    {
        var chunk = GetMetadata(field);
        return chunk?.MetaData is { } meta && _elements.TryGetValue(field.Path, out var element)
            ? (element, meta)
            : throw new ParquetException($"'{field.Path}' does not exist in this file");
    }
}
