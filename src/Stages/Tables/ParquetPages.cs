namespace Pipelines.Stages.Tables;

/// <summary>Follows the pages of a column from header to header, which takes no time beside reading them.</summary>
/// <param name="end">Where the footer begins.</param>
internal sealed class ParquetPages(FileStream file, long end)
{
    // A header has some twenty bytes, but statistics in it may hold texts of megabytes.
    private const int UsualHeaderBytes = 1 << 10;

    private const int DictionaryPage = 2;

    private byte[] _header = new byte[UsualHeaderBytes];

    /// <exception cref="InvalidDataException">The pages are not those the footer speaks of.</exception>
    public void Check(ParquetMetadata.ColumnChunk chunk)
    {
        if (chunk.Start < 0 || chunk.Stored < 0 || chunk.Stored > end - chunk.Start)
            throw Wrong();
        var (at, values) = (chunk.Start, 0L);
        while (values < chunk.Values)
        {
            var room = chunk.Start + chunk.Stored - at;
            if (room <= 0)
                throw Wrong();
            var page = Read(at, room);
            if (page.Stored < 0 || page.Stored > room - page.HeaderBytes
                || page.Bytes < 0 || page.Bytes > Math.Max(chunk.Bytes, page.Stored))
                throw Wrong();
            if (page.Values < 0 || page.Values > chunk.Values)
                throw Wrong();
            values += page.IsDictionary ? 0 : page.Values;
            at += page.HeaderBytes + page.Stored;
        }
        if (values != chunk.Values)
            throw Wrong();
    }

    private Page Read(long at, long room)
    {
        while (true)
            try
            {
                return Read(at, (int)Math.Min(room, _header.Length));
            }
            catch (EndOfStreamException) when (_header.Length < room)
            {
                _header = new byte[Math.Min(room, 16L * _header.Length)];
            }
    }

    private Page Read(long at, int length)
    {
        file.Position = at;
        file.ReadExactly(_header.AsSpan(0, length));
        ThriftReader header = new(_header.AsSpan(0, length));
        var page = new Page(false, -1, -1, -1, 0);
        var id = 0;
        while (header.NextField(ref id, out var type))
            switch (id)
            {
                case 1:
                    page = page with { IsDictionary = header.Integer() == DictionaryPage };
                    break;
                case 2:
                    page = page with { Bytes = header.Integer() };
                    break;
                case 3:
                    page = page with { Stored = header.Integer() };
                    break;
                case 5 or 7 or 8 when type == ThriftReader.Struct:
                    page = page with { Values = FirstOf(ref header) };
                    break;
                default:
                    header.Skip(type);
                    break;
            }
        return page with { HeaderBytes = header.Position };
    }

    // In the headers of all kinds of pages, the number of values is the first field.
    private static long FirstOf(ref ThriftReader header)
    {
        var values = -1L;
        var id = 0;
        while (header.NextField(ref id, out var type))
            if (id == 1)
                values = header.Integer();
            else
                header.Skip(type);
        return values;
    }

    private static InvalidDataException Wrong() => new("the pages of a column are not where or as large as its footer says");

    private sealed record Page(bool IsDictionary, long Values, long Bytes, long Stored, int HeaderBytes);
}
