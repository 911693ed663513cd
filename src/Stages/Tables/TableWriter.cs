using System.IO.Compression;
using Parquet;
using Parquet.Schema;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Tables;

/// <summary>Writes batches as row groups of about <see cref="RowGroupRows"/> rows and hashes every column on the way.</summary>
internal sealed class TableWriter : IAsyncDisposable
{
    /// <summary>Bounds memory: a row group of short texts is a few megabytes.</summary>
    public const int RowGroupRows = 1 << 16;

    private readonly Stream _file;
    private readonly ParquetSchema _schema;
    private readonly ParquetWriter _writer;
    private readonly (string Name, ColumnType Type, ColumnBuffer Buffer, ColumnHash Hash)[] _columns;
    private int _buffered;

    private TableWriter(Stream file, ParquetSchema schema, ParquetWriter writer, RowBatch first)
    {
        _file = file;
        _schema = schema;
        _writer = writer;
        _columns = [.. first.Columns.Select(column => (column.Name, column.Type, ColumnBuffer.For(column.Type), new ColumnHash(column.Type)))];
    }

    public long Rows { get; private set; }

    public static async Task<TableWriter> CreateAsync(string path, RowBatch first, CancellationToken cancellation)
    {
        var schema = TableSchema.Of(first.Columns);
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
        var writer = await ParquetWriter.CreateAsync(schema, file, cancellationToken: cancellation).ConfigureAwait(false);
        writer.CompressionMethod = CompressionMethod.Zstd;
        writer.CompressionLevel = CompressionLevel.Fastest;
        return new(file, schema, writer, first);
    }

    public async Task AppendAsync(RowBatch batch, CancellationToken cancellation)
    {
        if (batch.Columns.Count != _columns.Length)
            throw new ArgumentException($"A batch has {batch.Columns.Count} columns, the table {_columns.Length}.");
        foreach (var (name, type, buffer, hash) in _columns)
        {
            var column = batch[name];
            if (column.Type != type)
                throw new ArgumentException($"Column '{name}' is {column.Type} in one batch and {type} in another.");
            buffer.Append(column);
            hash.Append(column);
        }
        Rows += batch.Count;
        _buffered += batch.Count;
        if (_buffered >= RowGroupRows)
            await FlushAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Writes what is left; returns the columns with their hashes.</summary>
    public async Task<IReadOnlyList<Column>> FinishAsync(CancellationToken cancellation)
    {
        if (_buffered > 0 || Rows == 0)
            await FlushAsync(cancellation).ConfigureAwait(false);
        return [.. _columns.Select(column => new Column(column.Name, column.Type, column.Hash.Finish()))];
    }

    public async ValueTask DisposeAsync()
    {
        _writer.Dispose();
        await _file.DisposeAsync().ConfigureAwait(false);
        foreach (var column in _columns)
            column.Hash.Dispose();
    }

    private async Task FlushAsync(CancellationToken cancellation)
    {
        using var group = _writer.CreateRowGroup();
        for (var i = 0; i < _columns.Length; i++)
        {
            var column = _columns[i].Buffer.Take(TableSchema.DataFieldOf(_schema[i]));
            await group.WriteColumnAsync(column, cancellation).ConfigureAwait(false);
        }
        _buffered = 0;
    }
}
