using Parquet.Columns;
using Parquet.Data;
using Parquet.Meta;
using Parquet.Schema;

namespace Parquet;

/// <summary>Reads a file, row group by row group and column by column.</summary>
public class ParquetReader : ParquetActor, IDisposable
{
    private readonly bool _leaveStreamOpen;
    private readonly List<ParquetRowGroupReader> _groups = [];
    private readonly FileMetaData _meta;

    private ParquetReader(Stream input, FileMetaData meta, ParquetOptions options, bool leaveStreamOpen)
        : base(input)
    {
        _meta = meta;
        _leaveStreamOpen = leaveStreamOpen;
        Schema = new SchemaReader(meta.Schema, options).Read();
        var elements = new Dictionary<FieldPath, SchemaElement>();
        foreach (var field in Schema.GetDataFields())
        {
            elements[field.Path] = field.SchemaElement!;
        }

        foreach (var group in meta.RowGroups)
        {
            _groups.Add(new ParquetRowGroupReader(group, elements, input));
        }
    }

    public ParquetSchema Schema { get; }

    public int RowGroupCount => _groups.Count;

    public IReadOnlyList<IParquetRowGroupReader> RowGroups => _groups;

    /// <summary>The file's own metadata.</summary>
    public Dictionary<string, string> CustomMetadata => FileMetadata.Read(_meta);

    /// <summary>The footer.</summary>
    public FileMetaData? Metadata => _meta;

    /// <summary>Opens a file; disposing the reader closes it.</summary>
    /// <exception cref="IOException">The file is missing, or not a Parquet file.</exception>
    /// <exception cref="InvalidDataException">The footer is damaged.</exception>
    public static async Task<ParquetReader> CreateAsync(
        string filePath, ParquetOptions? parquetOptions = null, CancellationToken cancellationToken = default)
    {
        var file = File.OpenRead(filePath);
        try
        {
            return await CreateAsync(file, parquetOptions, leaveStreamOpen: false, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await file.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Opens a stream that can be read and moved in.</summary>
    /// <exception cref="ArgumentException">The stream cannot be read or moved in.</exception>
    /// <exception cref="IOException">The stream is not a Parquet file.</exception>
    /// <exception cref="InvalidDataException">The footer is damaged.</exception>
    public static async Task<ParquetReader> CreateAsync(
        Stream input,
        ParquetOptions? parquetOptions = null,
        bool leaveStreamOpen = true,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!input.CanRead || !input.CanSeek)
        {
            throw new ArgumentException("stream must be readable and seekable", nameof(input));
        }

        if (input.Length <= 8)
        {
            throw new IOException("not a Parquet file (size too small)");
        }

        var file = new ParquetActor(input);
        await file.ValidateFileAsync().ConfigureAwait(false);
        var meta = await file.ReadMetadataAsync(cancellationToken).ConfigureAwait(false);
        return new ParquetReader(input, meta, parquetOptions ?? new ParquetOptions(), leaveStreamOpen);
    }

    public static async Task<ParquetSchema> ReadSchemaAsync(string filePath)
    {
        using var reader = await CreateAsync(filePath).ConfigureAwait(false);
        return reader.Schema;
    }

    public static async Task<ParquetSchema> ReadSchemaAsync(Stream parquetStream)
    {
        using var reader = await CreateAsync(parquetStream).ConfigureAwait(false);
        return reader.Schema;
    }

    /// <exception cref="ArgumentOutOfRangeException">There is no such row group.</exception>
    public ParquetRowGroupReader OpenRowGroupReader(int index) => _groups[index];

    /// <summary>Reads all columns of a row group.</summary>
    public async Task<DataColumn[]> ReadEntireRowGroupAsync(int rowGroupIndex = 0, CancellationToken cancellationToken = default)
    {
        var group = OpenRowGroupReader(rowGroupIndex);
        var fields = Schema.GetDataFields();
        var columns = new DataColumn[fields.Length];
        for (var i = 0; i < fields.Length; i++)
        {
            columns[i] = await group.ReadColumnAsync(fields[i], cancellationToken).ConfigureAwait(false);
        }

        return columns;
    }

    /// <summary>Closes the stream if the reader opened it.</summary>
    public void Dispose()
    {
        if (!_leaveStreamOpen)
        {
            Stream.Dispose();
        }
    }
}
