using System.IO.Compression;
using Parquet.Compression;
using Parquet.Data;
using Parquet.Encodings;
using Parquet.Meta;
using Parquet.Thrift;

namespace Parquet.Columns;

/// <summary>Writes one column of one row group: a dictionary where that pays, then pages of about a mebibyte.</summary>
internal sealed class ColumnChunkWriter : IDisposable
{
    private const int PageLength = 1 << 20;
    private const int MaxPageValues = 1 << 17;

    private readonly FileOutput _output;
    private readonly CompressionMethod _compression;
    private readonly CompressionLevel _level;
    private readonly DataColumn _column;
    private readonly ColumnEncoder _values;
    private readonly PooledBuffer _page = new(PageLength);
    private readonly PooledBuffer _written = new(PageLength);
    private readonly PooledBuffer _compressed = new(PageLength);
    private readonly ColumnMetaData _meta;

    public ColumnChunkWriter(
        FileOutput output,
        CompressionMethod compression,
        CompressionLevel level,
        DataColumn column,
        SchemaElement element,
        ParquetOptions options)
    {
        _output = output;
        _compression = compression;
        _level = level;
        _column = column;
        _values = ColumnEncoders.Create(column.DefinedData, element, options);
        _meta = new ColumnMetaData
        {
            Type = element.Type!.Value,
            Codec = (CompressionCodec)compression,
            NumValues = column.NumValues,
            DataPageOffset = output.Position,
        };
    }

    public async Task<ColumnMetaData> WriteAsync(CancellationToken cancellationToken)
    {
        if (_values.DictionaryCount > 0)
        {
            _meta.DictionaryPageOffset = _output.Position;
            BuildDictionaryPage();
            await FlushAsync(cancellationToken).ConfigureAwait(false);
            _meta.DataPageOffset = _output.Position;
        }

        var valuesPerPage = ValuesPerPage();
        var definedFrom = 0;
        for (var start = 0; start < _column.NumValues || (start == 0 && _column.NumValues == 0);)
        {
            var count = PageCount(start, valuesPerPage);
            var defined = Defined(start, count);
            BuildDataPage(start, count, definedFrom, defined);
            await FlushAsync(cancellationToken).ConfigureAwait(false);
            definedFrom += defined;
            start += Math.Max(count, 1);
        }

        AddEncoding(Encoding.RLE);
        _meta.Statistics = new Statistics
        {
            NullCount = _column.NumValues - _values.Count,
            DistinctCount = _values.DictionaryCount > 0 ? _values.DictionaryCount : null,
            MinValue = _values.Least,
            MaxValue = _values.Largest,
        };
        return _meta;
    }

    public void Dispose()
    {
        _values.Dispose();
        _page.Dispose();
        _written.Dispose();
        _compressed.Dispose();
    }

    private int ValuesPerPage()
    {
        var perValue = _values.DictionaryCount > 0 ? sizeof(int) : _values.PlainLength / Math.Max(1, _values.Count);
        return (int)Math.Clamp(PageLength / Math.Max(1, perValue), 1, MaxPageValues);
    }

    /// <summary>Values of the page that begins at <paramref name="start"/>; a page ends where a row does.</summary>
    private int PageCount(int start, int valuesPerPage)
    {
        var end = Math.Min(_column.NumValues, start + valuesPerPage);
        if (_column.RepetitionLevels is { } repetitions && end < _column.NumValues)
        {
            var next = repetitions.AsSpan(end).IndexOf(0);
            end = next < 0 ? _column.NumValues : end + next;
        }

        return end - start;
    }

    private int Defined(int start, int count) => _column.MayHaveNulls
        ? _column.DefinitionLevels.AsSpan(start, count).Count(_column.Field.MaxDefinitionLevel)
        : count;

    private void BuildDictionaryPage()
    {
        _page.Clear();
        _values.WriteDictionary(_page);
        BuildPage(new PageHeader
        {
            Type = PageType.DictionaryPage,
            NumValues = _values.DictionaryCount,
            Encoding = Encoding.PLAIN_DICTIONARY,
        });
    }

    private void BuildDataPage(int start, int count, int definedFrom, int defined)
    {
        _page.Clear();
        if (_column.RepetitionLevels is { } repetitions)
        {
            WriteLevels(repetitions.AsSpan(start, count), _column.Field.MaxRepetitionLevel);
        }

        if (_column.Field.MaxDefinitionLevel > 0)
        {
            WriteLevels(_column.DefinitionLevels.AsSpan(start, count), _column.Field.MaxDefinitionLevel);
        }

        var header = new PageHeader { Type = PageType.DataPage, NumValues = count, Encoding = Encoding.PLAIN };
        if (defined > 0)
        {
            header.Encoding = _values.Encoding;
            _values.WritePage(definedFrom, defined, _page);
        }

        BuildPage(header);
    }

    private void WriteLevels(ReadOnlySpan<int> levels, int maxLevel)
    {
        var start = _page.Length;
        _page.WriteInt32(0);
        HybridEncoder.Encode(levels, BitPacking.WidthOf((uint)maxLevel), _page);
        _page.PatchInt32(start, _page.Length - start - sizeof(int));
    }

    /// <summary>Compresses the page and puts its header before it.</summary>
    private void BuildPage(PageHeader header)
    {
        AddEncoding(header.Encoding);
        _compressed.Clear();
        PageCompression.Compress(_compression, _level, _page.Written, _compressed);
        header.UncompressedSize = _page.Length;
        header.CompressedSize = _compressed.Length;
        _written.Clear();
        header.Write(new CompactWriter(_written));
        _meta.TotalUncompressedSize += _written.Length + _page.Length;
        _meta.TotalCompressedSize += _written.Length + _compressed.Length;
    }

    private void AddEncoding(Encoding encoding)
    {
        if (!_meta.Encodings.Contains(encoding))
        {
            _meta.Encodings.Add(encoding);
        }
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _output.WriteAsync(_written.WrittenMemory, cancellationToken).ConfigureAwait(false);
        await _output.WriteAsync(_compressed.WrittenMemory, cancellationToken).ConfigureAwait(false);
    }
}
