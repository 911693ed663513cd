using System.IO.Compression;
using System.Text;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Tables.Csv;

/// <summary>Opens a text file strictly: a byte that the encoding does not know is an error, never a question mark.</summary>
internal static class TextDecoding
{
    static TextDecoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <param name="compressed">Null: by the file's name (<c>.gz</c>).</param>
    public static StreamReader Open(InputFile file, string encoding, bool? compressed)
    {
        if (Directory.Exists(file.Path))
            throw new StageException($"{Path.GetFileName(file.Path)} is a folder, not a file") { Help = "name a file in it" };
        Stream stream = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        if (compressed ?? file.Path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            stream = new GZipStream(stream, CompressionMode.Decompress);
        return new(stream, Find(encoding), detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16);
    }

    /// <summary>What to say when the text is not in the encoding it was said to be in.</summary>
    public static StageException NotInEncoding(string fileName, long row, string encoding, DecoderFallbackException error)
    {
        var bytes = string.Join(' ', (error.BytesUnknown ?? []).Select(value => $"0x{value:X2}"));
        return new($"{fileName}: the text {(row == 0 ? "" : $"after row {row} ")}is not {encoding} (byte {bytes})")
        {
            Parameter = "encoding",
            Help = encoding.StartsWith("utf", StringComparison.OrdinalIgnoreCase)
                ? "say in which encoding the file was written, e.g. encoding: iso-8859-1 or windows-1252"
                : "say in which encoding the file was written, e.g. encoding: utf-8",
        };
    }

    private static Encoding Find(string name)
    {
        try
        {
            return Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (ArgumentException)
        {
            throw new StageException($"there is no encoding named '{name}'")
            {
                Parameter = "encoding",
                Help = "e.g. utf-8, iso-8859-1, windows-1252, utf-16",
            };
        }
    }
}
