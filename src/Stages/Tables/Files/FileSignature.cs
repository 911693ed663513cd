namespace Pipelines.Stages.Tables.Files;

/// <summary>What the first bytes of a file say that it is, whatever its name.</summary>
internal sealed record FileSignature(string Name, string Help, params byte[] Start)
{
    private const string Unpack = "unpack it first; a .gz file may stay as it is";
    private const string Export = "export the table as CSV";

    /// <summary>Longest of all <see cref="Start"/>.</summary>
    public const int MaxLength = 8;

    public static FileSignature Gzip { get; } = new("a gzip archive", Unpack, 0x1F, 0x8B);

    // Other formats in which tables and texts are passed on.
    private static readonly FileSignature[] Foreign =
    [
        new("a zip archive (or an Excel or OpenDocument file)", $"{Unpack}; {Export}", 0x50, 0x4B, 0x03, 0x04),
        new("a Zstandard archive", Unpack, 0x28, 0xB5, 0x2F, 0xFD),
        new("a bzip2 archive", Unpack, 0x42, 0x5A, 0x68, 0x39, 0x31, 0x41, 0x59, 0x26),
        new("an xz archive", Unpack, 0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00),
        new("an LZ4 archive", Unpack, 0x04, 0x22, 0x4D, 0x18),
        new("a 7z archive", Unpack, 0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C),
        new("an old Excel file", Export, 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1),
        new("a Parquet file", "load/parquet reads it", 0x50, 0x41, 0x52, 0x31, 0x15),
        new("a PDF", "take the text out of it first", 0x25, 0x50, 0x44, 0x46, 0x2D),
    ];

    /// <summary>A format that is no text; null for all else.</summary>
    public static FileSignature? OfForeign(ReadOnlySpan<byte> start)
    {
        foreach (var format in Foreign)
            if (start.StartsWith(format.Start))
                return format;
        return null;
    }
}
