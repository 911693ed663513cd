namespace Pipelines.Stages.Tables;

/// <summary>What stands before a page of a Parquet file.</summary>
/// <param name="Bytes">Before compression, levels included.</param>
/// <param name="Stored">Bytes in the file, without the header.</param>
/// <param name="Length">Of the header itself.</param>
internal sealed record PageHeader(PageKind Kind, long Values, long Bytes, long Stored, int Length)
{
    /// <summary>As the format numbers them.</summary>
    public long Encoding { get; init; } = -1;

    /// <summary>Bytes of the levels of a page of the second version, which stand in front and are not compressed.</summary>
    public (long Repetition, long Definition) Levels { get; init; }

    /// <summary>False where a page of the second version says that it is as it was.</summary>
    public bool IsCompressed { get; init; } = true;

    /// <exception cref="EndOfStreamException">It goes on beyond these bytes.</exception>
    public static PageHeader Read(ReadOnlySpan<byte> bytes)
    {
        new ThriftReader(bytes).Check(ThriftShape.PageHeader);
        ThriftReader header = new(bytes);
        PageHeader page = new(PageKind.Unknown, -1, -1, -1, 0);
        var id = 0;
        while (header.NextField(ref id, out var type))
            switch (id)
            {
                case 1:
                    page = page with { Kind = KindOf(header.Integer()) };
                    break;
                case 2:
                    page = page with { Bytes = header.Integer() };
                    break;
                case 3:
                    page = page with { Stored = header.Integer() };
                    break;
                case 5 or 7:
                    page = page.WithData(ref header, encoding: 2);
                    break;
                case 8:
                    page = page.WithData(ref header, encoding: 4);
                    break;
                default:
                    header.Skip(type);
                    break;
            }
        return page with { Length = header.Position };
    }

    private static PageKind KindOf(long number) => number is >= 0 and < (long)PageKind.Unknown ? (PageKind)number : PageKind.Unknown;

    // In the headers of all kinds of pages, the number of values is the first field.
    private PageHeader WithData(ref ThriftReader header, int encoding)
    {
        var (page, id) = (this, 0);
        while (header.NextField(ref id, out var type))
            if (id == 1)
                page = page with { Values = header.Integer() };
            else if (id == encoding)
                page = page with { Encoding = header.Integer() };
            else if (encoding == 4 && id is 5 or 6)
                page = page with
                {
                    Levels = id == 5 ? (page.Levels.Repetition, header.Integer()) : (header.Integer(), page.Levels.Definition),
                };
            else
            {
                page = page with { IsCompressed = encoding != 4 || id != 7 ? page.IsCompressed : type == ThriftReader.True };
                header.Skip(type);
            }
        return page;
    }
}

/// <summary>The kinds of pages, as the format numbers them.</summary>
internal enum PageKind
{
    Data,
    Index,
    Dictionary,
    DataSecond,
    Unknown,
}
