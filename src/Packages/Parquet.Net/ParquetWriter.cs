using System.IO.Compression;
using Parquet.Columns;
using Parquet.Meta;
using Parquet.Schema;
using Parquet.Thrift;

namespace Parquet;

/// <summary>Writes a file, row group by row group; disposing it writes the footer.</summary>
public sealed class ParquetWriter : ParquetActor, IDisposable, IAsyncDisposable
{
    /// <summary>Level of compression.</summary>
    public CompressionLevel CompressionLevel = CompressionLevel.SmallestSize;

    private const string CreatedBy = "Parquet.Net version 5.5.0 (build stand-in)";

    private readonly FileOutput _output;
    private readonly FileMetaData _meta;
    private readonly ParquetOptions _options;
    private readonly FieldPath[] _paths;
    private readonly List<ParquetRowGroupWriter> _groups = [];
    private bool _isDisposed;

    private ParquetWriter(Stream output, FileMetaData meta, ParquetSchema schema, ParquetOptions options)
        : base(output)
    {
        _output = new FileOutput(output);
        _meta = meta;
        _paths = [.. schema.DataFields.Select(field => field.Path)];
        _options = options;
    }

    /// <summary>How pages are compressed.</summary>
    public CompressionMethod CompressionMethod { get; set; } = CompressionMethod.Snappy;

    /// <summary>The file's own metadata; assigning replaces all of it.</summary>
    public IReadOnlyDictionary<string, string> CustomMetadata
    {
        get => FileMetadata.Read(_meta);
        set => FileMetadata.Write(_meta, value);
    }

    /// <summary>Begins a file, or continues one.</summary>
    /// <param name="schema">The columns.</param>
    /// <param name="output">A stream that can be written; for appending also read and moved in.</param>
    /// <param name="append">Adds row groups to the file in the stream.</param>
    /// <exception cref="ArgumentException">The stream cannot be written.</exception>
    /// <exception cref="IOException">There is no file to append to.</exception>
    /// <exception cref="ParquetException">The file to append to has another schema.</exception>
    public static async Task<ParquetWriter> CreateAsync(
        ParquetSchema schema,
        Stream output,
        ParquetOptions? formatOptions = null,
        bool append = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(schema);
        if (!output.CanWrite)
        {
            throw new ArgumentException("stream is not writeable", nameof(output));
        }

        var options = formatOptions ?? new ParquetOptions();
        if (append)
        {
            return await AppendAsync(schema, output, options, cancellationToken).ConfigureAwait(false);
        }

        var meta = new FileMetaData { Version = 1, Schema = SchemaWriter.Flatten(schema), CreatedBy = CreatedBy };
        var writer = new ParquetWriter(output, meta, schema, options);
        await writer._output.WriteAsync(Magic.ToArray(), cancellationToken).ConfigureAwait(false);
        return writer;
    }

    /// <summary>Begins a row group; dispose it before the next one is begun.</summary>
    public ParquetRowGroupWriter CreateRowGroup()
    {
        var group = new ParquetRowGroupWriter(_output, _meta, _paths, CompressionMethod, CompressionLevel, _options);
        _groups.Add(group);
        return group;
    }

    /// <summary>Writes the footer; the stream stays open.</summary>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            using var footer = BuildFooter();
            Stream.Write(footer.Written);
            Stream.Flush();
        }
    }

    /// <inheritdoc cref="Dispose"/>
    public async ValueTask DisposeAsync()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            using var footer = BuildFooter();
            await Stream.WriteAsync(footer.WrittenMemory).ConfigureAwait(false);
            await Stream.FlushAsync().ConfigureAwait(false);
        }
    }

    private static async Task<ParquetWriter> AppendAsync(
        ParquetSchema schema, Stream output, ParquetOptions options, CancellationToken cancellationToken)
    {
        if (!output.CanSeek)
        {
            throw new IOException("destination stream must be seekable for append operations.");
        }

        if (output.Length == 0)
        {
            throw new IOException("you can only append to existing streams, but current stream is empty.");
        }

        var existing = new ParquetActor(output);
        await existing.ValidateFileAsync().ConfigureAwait(false);
        var meta = await existing.ReadMetadataAsync(cancellationToken).ConfigureAwait(false);
        var found = new SchemaReader(meta.Schema, options).Read();
        if (!schema.Equals(found))
        {
            var reason = schema.GetNotEqualsMessage(found, "appending", "existing");
            throw new ParquetException($"passed schema does not match existing file schema, reason: {reason}");
        }

        await existing.SeekFooterAsync(cancellationToken).ConfigureAwait(false);
        return new ParquetWriter(output, meta, schema, options);
    }

    private PooledBuffer BuildFooter()
    {
        _meta.NumRows += _groups.Sum(group => group.RowCount ?? 0);
        var footer = new PooledBuffer();
        _meta.Write(new CompactWriter(footer));
        footer.WriteInt32(footer.Length);
        footer.Write(Magic);
        return footer;
    }
}
