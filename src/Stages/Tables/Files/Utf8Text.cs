using System.Text;

namespace Pipelines.Stages.Tables.Files;

/// <summary>
/// A text in some encoding as UTF-8, without its byte order mark, which tells the encoding better than whoever names one. Bytes that are no
/// character are an error, never a question mark; so is NUL, which no text has.
/// </summary>
internal sealed class Utf8Text : ReadOnlyStream
{
    private const int PieceSize = 1 << 16;

    private readonly Stream _bytes;
    private readonly byte[] _piece = new byte[PieceSize];
    private readonly UnknownBytes _unknown = new();
    private Encoding _encoding;
    private Decoder? _decoder;
    private char[] _chars = [];
    private byte[] _utf8 = [];
    private int _next, _ready;
    private long _offset;
    private bool _hasEnded;
    private UnreadableFileException? _failure;

    /// <param name="encoding">Where no byte order mark says otherwise.</param>
    public Utf8Text(Stream bytes, Encoding encoding) => (_bytes, _encoding) = (bytes, encoding);

    /// <summary>The line that the text so far ends in, as an editor counts lines.</summary>
    public long Line { get; private set; } = 1;

    private bool _endsWithReturn;

    public override int Read(Span<byte> buffer)
    {
        while (_next == _ready && Fill())
        {
        }
        var count = Math.Min(buffer.Length, _ready - _next);
        _utf8.AsSpan(_next, count).CopyTo(buffer);
        _next += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _bytes.Dispose();
        base.Dispose(disposing);
    }

    // What is good before something bad is given first: who reads it then knows what is bad.
    private bool Fill()
    {
        if (_failure is not null)
            throw _failure;
        if (_hasEnded)
            return false;
        var piece = _piece.AsSpan(0, _decoder is null ? Begin() : _bytes.Read(_piece));
        _hasEnded = piece.IsEmpty;
        var chars = _decoder!.GetChars(piece, _chars, flush: _hasEnded);
        var good = Check(_chars.AsSpan(0, chars), piece);
        (_next, _ready) = (0, Encoding.UTF8.GetBytes(_chars.AsSpan(0, good), _utf8));
        _offset += piece.Length;
        CountLines(_utf8.AsSpan(0, _ready));
        return true;
    }

    // Gives how many characters there are before something bad.
    private int Check(ReadOnlySpan<char> chars, ReadOnlySpan<byte> piece)
    {
        if (_unknown.First is not null && chars.IndexOf(UnknownBytes.Mark) is >= 0 and var unknown)
        {
            _failure = NotInEncoding();
            chars = chars[..unknown];
        }
        var nul = chars.IndexOf('\0');
        if (nul < 0)
            return chars.Length;
        _failure = HasNul(piece, nul);
        return nul;
    }

    // A mark is at most four bytes, and may come byte by byte.
    private int Begin()
    {
        var count = _bytes.ReadAtLeast(_piece, 4, throwOnEndOfStream: false);
        var (encoding, length) = _piece.AsSpan(0, count) switch
        {
            [0xEF, 0xBB, 0xBF, ..] => (Encoding.UTF8, 3),
            [0xFF, 0xFE, 0, 0, ..] => (Encoding.UTF32, 4),
            [0, 0, 0xFE, 0xFF, ..] => (new UTF32Encoding(bigEndian: true, byteOrderMark: true), 4),
            [0xFF, 0xFE, ..] => (Encoding.Unicode, 2),
            [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, 2),
            _ => (_encoding, 0),
        };
        _encoding = (Encoding)encoding.Clone();
        _encoding.DecoderFallback = _unknown;
        _decoder = _encoding.GetDecoder();
        _chars = new char[_encoding.GetMaxCharCount(PieceSize)];
        _utf8 = new byte[Encoding.UTF8.GetMaxByteCount(_chars.Length)];
        _offset = length;
        _piece.AsSpan(length, count - length).CopyTo(_piece);
        return count > length ? count - length : _bytes.Read(_piece);
    }

    private UnreadableFileException NotInEncoding()
    {
        var unknown = _unknown.First!;
        // The decoder of UTF-16 tells the place behind half a pair.
        var index = _encoding is UnicodeEncoding && unknown.Length == 2 ? _unknown.Index - 2 : _unknown.Index;
        var place = $"{string.Join(' ', unknown.Select(value => $"0x{value:X2}"))} at offset {_offset + index}";
        var isUtf = _encoding.WebName.StartsWith("utf", StringComparison.Ordinal);
        return new(unknown.Length == 1 ? $"byte {place} is no {_encoding.WebName}" : $"bytes {place} are no {_encoding.WebName}")
        {
            IsAboutEncoding = true,
            Help = $"say in which encoding the file was written, e.g. encoding: {(isUtf ? "iso-8859-1 or windows-1252" : "utf-8")}",
        };
    }

    private UnreadableFileException HasNul(ReadOnlySpan<byte> piece, int charsBefore)
    {
        var isOneByte = _encoding.GetByteCount("\0") == 1;
        var index = isOneByte ? piece.IndexOf((byte)0) : _encoding.GetByteCount(_chars, 0, charsBefore);
        return new($"a NUL character, which no text has, at offset {_offset + index}")
        {
            IsAboutEncoding = true,
            Help = isOneByte
                ? "is it UTF-16 without a byte order mark? then write encoding: utf-16; otherwise the file is damaged, or no text"
                : "the file is damaged, or in another encoding",
        };
    }

    // CR LF is one end of a line, also where two pieces meet in it.
    private void CountLines(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
            return;
        Line += utf8.Count((byte)'\n') + utf8.Count((byte)'\r') - utf8.Count("\r\n"u8) - (_endsWithReturn && utf8[0] == '\n' ? 1 : 0);
        _endsWithReturn = utf8[^1] == '\r';
    }
}
