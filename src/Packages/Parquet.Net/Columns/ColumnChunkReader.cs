using System.Buffers;
using System.Buffers.Binary;
using Parquet.Compression;
using Parquet.Data;
using Parquet.Meta;
using Parquet.Schema;
using Parquet.Thrift;

namespace Parquet.Columns;

/// <summary>Reads one column of one row group.</summary>
internal sealed class ColumnChunkReader
{
    /// <summary>Values that a chunk may hold whatever its size, and how many more for each of its bytes: runs take no room.</summary>
    private const long FreeValues = 1 << 24;
    private const long ValuesPerByte = 4096;

    private readonly DataField _field;
    private readonly ColumnMetaData _chunk;
    private readonly long _rows;
    private readonly int _total;
    private readonly ColumnDecoder _values;
    private readonly LevelDecoder? _definitions;
    private readonly LevelDecoder? _repetitions;
    private readonly CompressionMethod _compression;
    private int _read;

    /// <exception cref="InvalidDataException">The metadata contradicts itself.</exception>
    public ColumnChunkReader(DataField field, SchemaElement element, ColumnMetaData chunk, long rows, DataColumnStatistics? statistics)
    {
        _field = field;
        _chunk = chunk;
        _rows = rows;
        _compression = (CompressionMethod)chunk.Codec;
        _total = CheckedTotal();
        var nulls = Math.Clamp(statistics?.NullCount ?? 0, 0, _total);
        _values = ColumnDecoders.Create(field, element, (int)(_total - nulls));
        _definitions = field.MaxDefinitionLevel > 0 ? new LevelDecoder(field.MaxDefinitionLevel, _total) : null;
        _repetitions = field.MaxRepetitionLevel > 0 ? new LevelDecoder(field.MaxRepetitionLevel, _total) : null;
    }

    /// <exception cref="InvalidDataException">The chunk is damaged.</exception>
    public async Task<DataColumn> ReadAsync(Stream stream, DataColumnStatistics? statistics, CancellationToken cancellationToken)
    {
        var start = _chunk.DictionaryPageOffset is > 0 and var dictionary
            ? Math.Min(dictionary, _chunk.DataPageOffset)
            : _chunk.DataPageOffset;
        var length = _chunk.TotalCompressedSize;
        if (start < 0 || length < 0 || length > Array.MaxLength || start > stream.Length - length)
        {
            throw new InvalidDataException($"column '{_field.Path}': {length} bytes at {start} lie outside of the file");
        }

        var bytes = ArrayPool<byte>.Shared.Rent((int)length);
        try
        {
            stream.Seek(start, SeekOrigin.Begin);
            await stream.ReadExactlyAsync(bytes.AsMemory(0, (int)length), cancellationToken).ConfigureAwait(false);
            ReadPages(bytes.AsSpan(0, (int)length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }

        return new DataColumn(_field, _values.ToArray(), _definitions?.ToArray(), RepetitionLevels(), statistics);
    }

    private int CheckedTotal()
    {
        var total = _chunk.NumValues;
        var most = FreeValues + ValuesPerByte * Math.Clamp(_chunk.TotalCompressedSize, 0, int.MaxValue);
        if (total < 0 || total > Math.Min(most, Array.MaxLength) || (_field.MaxRepetitionLevel == 0 && total != _rows))
        {
            throw new InvalidDataException(
                $"column '{_field.Path}': {total} values in {_rows} rows and {_chunk.TotalCompressedSize} bytes");
        }

        return (int)total;
    }

    private int[]? RepetitionLevels()
    {
        if (_repetitions is null || _total == 0)
        {
            return null;
        }

        var levels = _repetitions.ToArray() ?? new int[_total];
        if (_repetitions.ToArray() is null)
        {
            Array.Fill(levels, _field.MaxRepetitionLevel);
        }

        var rows = levels.AsSpan().Count(0);
        return rows == _rows
            ? levels
            : throw new InvalidDataException($"column '{_field.Path}': {rows} rows where {_rows} are expected");
    }

    private void ReadPages(ReadOnlySpan<byte> rest)
    {
        while (_read < _total)
        {
            var reader = new CompactReader(rest);
            var header = PageHeader.Read(ref reader);
            rest = rest[reader.Position..];
            if (header.CompressedSize < 0 || header.CompressedSize > rest.Length || header.NumValues < 0)
            {
                throw new InvalidDataException($"column '{_field.Path}': a page ends too early");
            }

            ReadPage(header, rest[..header.CompressedSize]);
            rest = rest[header.CompressedSize..];
        }
    }

    private void ReadPage(PageHeader header, ReadOnlySpan<byte> page)
    {
        switch (header.Type)
        {
            case PageType.DictionaryPage:
                using (var body = Decompress(page, header.UncompressedSize, out var dictionary))
                {
                    _values.ReadDictionary(dictionary, header.NumValues);
                }

                break;
            case PageType.DataPage:
                using (var body = Decompress(page, header.UncompressedSize, out var data))
                {
                    ReadVersion1(header, data);
                }

                break;
            case PageType.DataPageV2:
                ReadVersion2(header, page);
                break;
            case PageType.IndexPage:
                break;
            default:
                throw new InvalidDataException($"column '{_field.Path}': unknown kind of page {header.Type}");
        }
    }

    private void ReadVersion1(PageHeader header, ReadOnlySpan<byte> data)
    {
        if (header.DefinitionLevelEncoding == Encoding.BIT_PACKED || header.RepetitionLevelEncoding == Encoding.BIT_PACKED)
        {
            throw new NotSupportedException($"column '{_field.Path}': levels in the withdrawn encoding BIT_PACKED cannot be read");
        }

        _repetitions?.Read(TakeLevels(ref data), header.NumValues);
        var defined = _definitions?.Read(TakeLevels(ref data), header.NumValues) ?? header.NumValues;
        ReadValues(header, data, defined);
    }

    private void ReadVersion2(PageHeader header, ReadOnlySpan<byte> page)
    {
        var repetitions = header.RepetitionLevelsLength;
        var definitions = header.DefinitionLevelsLength;
        if (repetitions < 0 || definitions < 0 || (long)repetitions + definitions > page.Length)
        {
            throw new InvalidDataException($"column '{_field.Path}': the levels are longer than their page");
        }

        _repetitions?.Read(page[..repetitions], header.NumValues);
        var defined = _definitions?.Read(page.Slice(repetitions, definitions), header.NumValues) ?? header.NumValues;
        var levels = repetitions + definitions;
        if (!header.IsCompressed)
        {
            ReadValues(header, page[levels..], defined);
            return;
        }

        using var body = Decompress(page[levels..], header.UncompressedSize - levels, out var data);
        ReadValues(header, data, defined);
    }

    private void ReadValues(PageHeader header, ReadOnlySpan<byte> data, int defined)
    {
        if (header.NumValues > _total - _read)
        {
            throw new InvalidDataException($"column '{_field.Path}': more than the {_total} values it says");
        }

        _values.ReadPage(header.Encoding, data, defined);
        _read += header.NumValues;
    }

    private static ReadOnlySpan<byte> TakeLevels(ref ReadOnlySpan<byte> data)
    {
        var length = data.Length < sizeof(int) ? -1 : BinaryPrimitives.ReadInt32LittleEndian(data);
        if (length < 0 || length > data.Length - sizeof(int))
        {
            throw new InvalidDataException("the levels are longer than their page");
        }

        var levels = data.Slice(sizeof(int), length);
        data = data[(sizeof(int) + length)..];
        return levels;
    }

    /// <summary>Decompresses a page into memory that lives as long as what is returned.</summary>
    private PooledBuffer? Decompress(ReadOnlySpan<byte> page, int length, out ReadOnlySpan<byte> data)
    {
        if (_compression == CompressionMethod.None || (length == 0 && page.IsEmpty))
        {
            data = page;
            return null;
        }

        if (length < 0 || length > PageCompression.MaxDecompressedLength(_compression, page.Length))
        {
            throw new InvalidDataException($"column '{_field.Path}': {page.Length} bytes cannot become {length}");
        }

        var buffer = new PooledBuffer(length);
        var target = buffer.GetSpan(length)[..length];
        PageCompression.Decompress(_compression, page, target);
        buffer.Advance(length);
        data = buffer.Written;
        return buffer;
    }
}
