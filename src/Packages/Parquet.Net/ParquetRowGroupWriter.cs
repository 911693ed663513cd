using System.IO.Compression;
using Parquet.Columns;
using Parquet.Data;
using Parquet.Meta;
using Parquet.Schema;

namespace Parquet;

/// <summary>Writes the columns of one row group, in the order of the schema.</summary>
public class ParquetRowGroupWriter : IDisposable
{
    private readonly FileOutput _output;
    private readonly SchemaElement[] _elements;
    private readonly IReadOnlyList<FieldPath> _paths;
    private readonly RowGroup _group;
    private readonly CompressionMethod _compression;
    private readonly CompressionLevel _level;
    private readonly ParquetOptions _options;
    private int _next;

    internal ParquetRowGroupWriter(
        FileOutput output,
        FileMetaData meta,
        IReadOnlyList<FieldPath> paths,
        CompressionMethod compression,
        CompressionLevel level,
        ParquetOptions options)
    {
        _output = output;
        _elements = [.. meta.Schema.Where(element => element.Type is not null)];
        _paths = paths;
        _compression = compression;
        _level = level;
        _options = options;
        _group = new RowGroup();
        meta.RowGroups.Add(_group);
    }

    /// <summary>Rows; null until a column that tells them is written.</summary>
    internal long? RowCount { get; private set; }

    /// <exception cref="ArgumentException">Another column comes next.</exception>
    /// <exception cref="InvalidOperationException">It has other rows than the columns before it, or all columns are written.</exception>
    public Task WriteColumnAsync(DataColumn column, CancellationToken cancellationToken = default) =>
        WriteColumnAsync(column, null, cancellationToken);

    /// <inheritdoc cref="WriteColumnAsync(DataColumn, CancellationToken)"/>
    public async Task WriteColumnAsync(
        DataColumn column, Dictionary<string, string>? customMetadata, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(column);
        CheckRows(column);
        if (_next >= _elements.Length)
        {
            throw new InvalidOperationException(
                $"Cannot write column '{column.Field.Name}': all {_elements.Length} columns from the schema have already been written. "
                + "You may have called WriteColumnAsync more times than there are columns in the schema.");
        }

        var element = _elements[_next];
        if (element.Name != column.Field.Name)
        {
            throw new ArgumentException(
                $"cannot write this column, expected '{element.Name}', passed: '{column.Field.Name}'", nameof(column));
        }

        var path = _paths[_next++];
        var start = _output.Position;
        using var writer = new ColumnChunkWriter(_output, _compression, _level, column, element, _options);
        var meta = await writer.WriteAsync(cancellationToken).ConfigureAwait(false);
        meta.PathInSchema = path.ToList();
        meta.KeyValueMetadata = customMetadata is { Count: > 0 }
            ? [.. customMetadata.Select(pair => new KeyValue { Key = pair.Key, Value = pair.Value })]
            : null;
        _group.Columns.Add(new ColumnChunk { FileOffset = start, MetaData = meta });
    }

    /// <exception cref="InvalidOperationException">A column is missing.</exception>
    public void CompleteValidate()
    {
        if (_next < _elements.Length)
        {
            throw new InvalidOperationException(
                $"Not all columns were written. Expected {_elements.Length} columns but only {_next} were written. "
                + $"Missing columns: {string.Join(", ", _elements.Skip(_next).Select(element => element.Name))}");
        }
    }

    /// <summary>Completes the row group's entry in the footer; does not check whether all columns were written.</summary>
    public void Dispose()
    {
        _group.NumRows = RowCount ?? 0;
        _group.TotalCompressedSize = _group.Columns.Sum(column => column.MetaData!.TotalCompressedSize);
        _group.TotalByteSize = _group.Columns.Sum(column => column.MetaData!.TotalUncompressedSize);
    }

    private void CheckRows(DataColumn column)
    {
        var rows = column.RowCount;
        if (RowCount is null)
        {
            RowCount = column.NumValues > 0 || column.Field.MaxRepetitionLevel == 0 ? rows : null;
        }
        else if (rows != RowCount)
        {
            throw new InvalidOperationException(
                $"Column '{column.Field.Name}' has {rows} rows, but the row group expects {RowCount} rows. "
                + "All columns in a row group must have the same number of rows.");
        }
    }
}
