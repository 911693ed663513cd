namespace Pipelines.Stages.Tables;

/// <summary>Follows the pages of a column from header to header, which takes no time beside reading them.</summary>
/// <param name="end">Where the footer begins.</param>
internal sealed class ParquetPages(FileStream file, long end)
{
    // A header has some twenty bytes, but statistics in it may hold texts of megabytes.
    private const int UsualHeaderBytes = 1 << 10;

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
            if (page.Stored < 0 || page.Stored > room - page.Length
                || page.Bytes < 0 || page.Bytes > Math.Max(chunk.Bytes, page.Stored))
                throw Wrong();
            if (page.Values < 0 || page.Values > chunk.Values)
                throw Wrong();
            values += page.Kind == PageKind.Dictionary ? 0 : page.Values;
            at += page.Length + page.Stored;
        }
        if (values != chunk.Values)
            throw Wrong();
    }

    /// <summary>The header at a place of the file.</summary>
    /// <param name="room">How many bytes there are for it and its page.</param>
    public PageHeader Read(long at, long room)
    {
        while (true)
            try
            {
                var length = (int)Math.Min(room, _header.Length);
                file.Position = at;
                file.ReadExactly(_header.AsSpan(0, length));
                return PageHeader.Read(_header.AsSpan(0, length));
            }
            catch (EndOfStreamException) when (_header.Length < room)
            {
                _header = new byte[Math.Min(room, 16L * _header.Length)];
            }
    }

    private static InvalidDataException Wrong() => new("the pages of a column are not where or as large as its footer says");
}
