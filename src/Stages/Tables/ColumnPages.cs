using System.Text.Unicode;
using Parquet.Meta;
using Parquet.Schema;

namespace Pipelines.Stages.Tables;

/// <summary>
/// The pages of a column of a foreign file, looked through before the package reads them: it takes all memory for one changed bit, gives
/// U+FFFD for bytes that are no text, and takes what ends early for whole. What passes here is what other readers read too.
/// </summary>
/// <param name="end">Where the pages of the file end.</param>
internal sealed class ColumnPages(FileStream file, long end, DataField field, ColumnMetaData column)
{
    // A text that grows out of one before it may take more than the page, but not without end.
    private const int MaxSharedBytes = 1 << 26;

    private readonly ParquetPages _headers = new(file, end);
    private long _dictionary = -1;

    /// <exception cref="InvalidDataException">They are damaged.</exception>
    public void Check()
    {
        var at = column.DictionaryPageOffset is > 0 and var first ? Math.Min(first, column.DataPageOffset) : column.DataPageOffset;
        for (var (last, values) = (at + column.TotalCompressedSize, 0L); values < column.NumValues;)
        {
            var header = _headers.Read(at, last - at);
            var stored = new byte[header.Stored];
            file.Position = at + header.Length;
            file.ReadExactly(stored);
            at += header.Length + header.Stored;
            if (header.Kind == PageKind.Dictionary)
                CheckDictionary(header, PageContent.Of(stored, column.Codec, (int)header.Bytes));
            else if (header.Kind is PageKind.Data or PageKind.DataSecond)
                values += CheckData(header, stored);
            else if (header.Kind != PageKind.Index)
                throw PageBytes.Wrong();
        }
    }

    private void CheckDictionary(PageHeader header, byte[] content)
    {
        if (_dictionary >= 0 || header.Encoding is not ((long)Encoding.PLAIN or (long)Encoding.PLAIN_DICTIONARY))
            throw PageBytes.Wrong();
        _dictionary = header.Values;
        PageBytes bytes = new(content);
        CheckPlain(ref bytes, (int)header.Values);
    }

    private int CheckData(PageHeader header, byte[] stored)
    {
        var count = (int)header.Values;
        var second = header.Kind == PageKind.DataSecond;
        var levels = second ? header.Levels.Repetition + header.Levels.Definition : 0;
        if (header.Levels.Repetition < 0 || header.Levels.Definition < 0 || levels > Math.Min(stored.Length, header.Bytes))
            throw PageBytes.Wrong();
        var isPlain = column.Codec == CompressionCodec.UNCOMPRESSED || !header.IsCompressed || header.Stored == levels;
        var content = PageContent.Of(
            stored[(int)levels..], isPlain ? CompressionCodec.UNCOMPRESSED : column.Codec, (int)(header.Bytes - levels));
        PageBytes bytes = new(content);
        if (second)
        {
            PageBytes before = new(stored);
            CheckLevels(before.Take(header.Levels.Repetition), count, field.MaxRepetitionLevel);
            count = CheckLevels(before.Take(header.Levels.Definition), count, field.MaxDefinitionLevel);
        }
        else
        {
            if (field.MaxRepetitionLevel > 0)
                CheckLevels(bytes.Take(bytes.Int32()), count, field.MaxRepetitionLevel);
            if (field.MaxDefinitionLevel > 0)
                count = CheckLevels(bytes.Take(bytes.Int32()), count, field.MaxDefinitionLevel);
        }
        CheckValues(ref bytes, (Encoding)header.Encoding, count);
        return (int)header.Values;
    }

    /// <returns>How many places have the highest level.</returns>
    private static int CheckLevels(ReadOnlySpan<byte> levels, int count, int max)
    {
        PageBytes bytes = new(levels);
        return max == 0 ? count : bytes.Runs(count, PageBytes.WidthOf(max), max, equal: max);
    }

    private void CheckValues(ref PageBytes bytes, Encoding encoding, int count)
    {
        switch (encoding)
        {
            case Encoding.PLAIN:
                CheckPlain(ref bytes, count);
                break;
            case Encoding.PLAIN_DICTIONARY or Encoding.RLE_DICTIONARY when count == 0:
                break;
            case Encoding.PLAIN_DICTIONARY or Encoding.RLE_DICTIONARY when _dictionary > 0 && bytes.Take(1)[0] is <= 32 and var width:
                bytes.Runs(count, width, _dictionary - 1, equal: -1);
                break;
            case Encoding.RLE when column.Type == Parquet.Meta.Type.BOOLEAN:
                bytes.Take(sizeof(int));
                bytes.Runs(count, 1, max: 1, equal: -1);
                break;
            case Encoding.DELTA_BINARY_PACKED when column.Type is Parquet.Meta.Type.INT32 or Parquet.Meta.Type.INT64:
                bytes.Differences(count, []);
                break;
            case Encoding.DELTA_LENGTH_BYTE_ARRAY when column.Type == Parquet.Meta.Type.BYTE_ARRAY:
                CheckTexts(ref bytes, Lengths(ref bytes, count));
                break;
            case Encoding.DELTA_BYTE_ARRAY when column.Type == Parquet.Meta.Type.BYTE_ARRAY:
                CheckShared(ref bytes, Lengths(ref bytes, count), Lengths(ref bytes, count));
                break;
            // Where a value lies depends on how many there are, so that one more or less would change them all.
            case Encoding.BYTE_STREAM_SPLIT when Width > 0 && bytes.Left == (long)count * Width:
                break;
            default:
                throw PageBytes.Wrong();
        }
    }

    private void CheckPlain(ref PageBytes bytes, int count)
    {
        if (column.Type == Parquet.Meta.Type.BOOLEAN)
            bytes.Take((count + 7L) / 8);
        else if (column.Type != Parquet.Meta.Type.BYTE_ARRAY)
            bytes.Take(Width > 0 ? (long)count * Width : throw PageBytes.Wrong());
        else
            for (; count > 0; count--)
                CheckText(bytes.Take(bytes.Int32()));
    }

    private int Width => column.Type switch
    {
        Parquet.Meta.Type.INT32 or Parquet.Meta.Type.FLOAT => 4,
        Parquet.Meta.Type.INT64 or Parquet.Meta.Type.DOUBLE => 8,
        _ => 0,
    };

    private static int[] Lengths(ref PageBytes bytes, int count)
    {
        var lengths = new int[count];
        bytes.Differences(count, lengths);
        return lengths;
    }

    private void CheckTexts(ref PageBytes bytes, int[] lengths)
    {
        foreach (var length in lengths)
            CheckText(bytes.Take(length));
    }

    // A text begins with a part of the one before it.
    private void CheckShared(ref PageBytes bytes, int[] prefixes, int[] lengths)
    {
        var (text, all) = (Array.Empty<byte>(), 0L);
        for (var i = 0; i < prefixes.Length; i++)
        {
            if (prefixes[i] > text.Length || (all += prefixes[i] + (long)lengths[i]) > MaxSharedBytes + column.TotalUncompressedSize)
                throw PageBytes.Wrong();
            text = [.. text.AsSpan(0, prefixes[i]), .. bytes.Take(lengths[i])];
            CheckText(text);
        }
    }

    private void CheckText(ReadOnlySpan<byte> text)
    {
        if (ParquetColumn.IsText(field) && !Utf8.IsValid(text))
            throw new InvalidDataException($"the column '{field.Name}' has a text with bytes that are no UTF-8");
    }
}
