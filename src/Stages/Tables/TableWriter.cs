using Parquet;
using Parquet.Schema;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Tables;

/// <summary>Writes batches as row groups and hashes every column on the way.</summary>
internal sealed class TableWriter : IAsyncDisposable
{
    private readonly Stream _file;
    private readonly ParquetSchema _schema;
    private readonly ParquetWriter _writer;
    private readonly (string Name, ColumnType Type, ColumnBuffer Buffer, ColumnHash Hash)[] _columns;
    private int _buffered;
    private long _characters;

    private TableWriter(Stream file, ParquetSchema schema, ParquetWriter writer, RowBatch first)
    {
        _file = file;
        _schema = schema;
        _writer = writer;
        _columns = [.. first.Columns.Select(
            column => (column.Name, column.Type, ColumnBuffer.For(column.Type), new ColumnHash(column.Type)))];
    }

    public long Rows { get; private set; }

    public static async Task<TableWriter> CreateAsync(string path, RowBatch first, CancellationToken cancellation)
    {
        var schema = TableSchema.Of(first.Columns);
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
        var writer = await ParquetWriter.CreateAsync(schema, file, Options(schema), cancellationToken: cancellation).ConfigureAwait(false);
        return new(file, schema, writer, first);
    }

    /// <summary>Writes all columns of a table into one file, those that lie in others too.</summary>
    public static async Task CopyAsync(Table table, string path, CancellationToken cancellation)
    {
        TableWriter? writer = null;
        try
        {
            await foreach (var batch in table.ReadAsync(cancellation).ConfigureAwait(false))
            {
                writer ??= await CreateAsync(path, batch, cancellation).ConfigureAwait(false);
                await writer.AppendAsync(batch, cancellation).ConfigureAwait(false);
            }
            await writer!.FinishAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            if (writer is not null)
                await writer.DisposeAsync().ConfigureAwait(false);
        }
    }

    public async Task AppendAsync(RowBatch batch, CancellationToken cancellation)
    {
        Check(batch);
        FiniteNumbers.Check(batch, Rows);
        foreach (var column in _columns)
            column.Hash.Append(batch[column.Name]);
        Rows += batch.Count;
        foreach (var (part, characters) in RowGroup.Parts(batch))
            await AddAsync(part, characters, cancellation).ConfigureAwait(false);
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
        await _writer.DisposeAsync().ConfigureAwait(false);
        await _file.DisposeAsync().ConfigureAwait(false);
        foreach (var column in _columns)
            column.Hash.Dispose();
    }

    // Small by encoding rather than compression, which in managed code would take most of the time of writing and reading a table.
    private static ParquetOptions Options(ParquetSchema schema)
    {
        ParquetOptions options = new() { CompressionMethod = CompressionMethod.None, DictionaryEncodingSampleSize = 4096 };
        foreach (var field in schema.DataFields)
            options.ColumnEncodingHints[field.Path.ToString()] = Type.GetTypeCode(field.ClrType) switch
            {
                _ when ParquetColumn.IsText(field) => EncodingHint.Dictionary,
                TypeCode.Int32 or TypeCode.Int64 => EncodingHint.DeltaBinaryPacked,
                _ => EncodingHint.Default,
            };
        return options;
    }

    private void Check(RowBatch batch)
    {
        if (batch.Columns.Count != _columns.Length)
            throw new ArgumentException($"A batch has {batch.Columns.Count} columns, the table {_columns.Length}.");
        foreach (var (name, type, _, _) in _columns)
        {
            if (batch[name].Type != type)
                throw new ArgumentException($"Column '{name}' is {batch[name].Type} in one batch and {type} in another.");
        }
    }

    private async Task AddAsync(RowBatch batch, long characters, CancellationToken cancellation)
    {
        if (_buffered > 0 && _characters + characters > RowGroup.MaxCharacters)
            await FlushAsync(cancellation).ConfigureAwait(false);
        if (_buffered == 0 && batch.Count >= RowGroup.MaxRows)
        {
            await WriteGroupAsync((i, field) => _columns[i].Buffer.Whole(field, batch[_columns[i].Name]), cancellation)
                .ConfigureAwait(false);
            return;
        }
        foreach (var column in _columns)
            column.Buffer.Append(batch[column.Name]);
        _buffered += batch.Count;
        _characters += characters;
        if (_buffered >= RowGroup.MaxRows)
            await FlushAsync(cancellation).ConfigureAwait(false);
    }

    private async Task FlushAsync(CancellationToken cancellation)
    {
        await WriteGroupAsync((i, field) => _columns[i].Buffer.Take(field), cancellation).ConfigureAwait(false);
        (_buffered, _characters) = (0, 0);
    }

    private async Task WriteGroupAsync(Func<int, DataField, ParquetColumn> columnOf, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var group = _writer.CreateRowGroup();
        for (var i = 0; i < _columns.Length; i++)
            await columnOf(i, TableSchema.DataFieldOf(_schema[i])).WriteAsync(group, cancellation).ConfigureAwait(false);
    }
}
