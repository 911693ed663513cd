using System.Text;
using Pipelines.Stages.Tables.Files;

namespace Pipelines.Stages.Tables.Csv;

/// <summary>
/// A text as the CSV reader takes it: one byte in the place of each separator, and its end where it breaks off. The reader looks ahead, and
/// an error thrown in its way would hide the rows before it; who reads rows asks for <see cref="Failure"/> at the last of them.
/// </summary>
internal sealed class CsvBytes : ReadOnlyStream
{
    /// <summary>Stands for a separator of several bytes; a text that holds it itself is refused.</summary>
    private const byte OneByte = 0x1F;

    private readonly Utf8Text _text;
    private readonly byte[] _separator;

    // The start of a separator at the end of what was read.
    private readonly byte[] _held;
    private int _heldCount;
    private bool _hasEnded;

    public CsvBytes(Utf8Text text, string separator)
    {
        (_text, _separator) = (text, Encoding.UTF8.GetBytes(separator));
        _held = new byte[_separator.Length];
    }

    /// <summary>What the reader finds between fields.</summary>
    public char Separator => (char)(IsLong ? OneByte : _separator[0]);

    /// <summary>Why the text ends before its end.</summary>
    public UnreadableFileException? Failure { get; private set; }

    /// <summary>How many bytes were given.</summary>
    public long Count { get; private set; }

    /// <summary>The line that the text so far ends in.</summary>
    public long Line => _text.Line;

    private bool IsLong => _separator.Length > 1;

    /// <summary>A field as it stands in the text.</summary>
    public string Restored(string field) =>
        IsLong ? field.Replace(Separator.ToString(), Encoding.UTF8.GetString(_separator), StringComparison.Ordinal) : field;

    public override int Read(Span<byte> buffer)
    {
        var count = 0;
        while (count == 0 && !_hasEnded && buffer.Length > _separator.Length)
        {
            _held.AsSpan(0, _heldCount).CopyTo(buffer);
            var read = ReadText(buffer[_heldCount..]);
            _hasEnded = read == 0;
            count = IsLong ? Shorten(buffer[..(_heldCount + read)], _heldCount) : read;
        }
        Count += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _text.Dispose();
        base.Dispose(disposing);
    }

    private int ReadText(Span<byte> buffer)
    {
        try
        {
            return _text.Read(buffer);
        }
        catch (UnreadableFileException failure)
        {
            Failure = failure;
            return 0;
        }
    }

    // In place: what is written never overtakes what is read.
    private int Shorten(Span<byte> bytes, int held)
    {
        if (bytes[held..].Contains(OneByte))
        {
            (Failure, _hasEnded) = (new("the control character 0x1F, which no file with such a separator may hold"), true);
            bytes = bytes[..(held + bytes[held..].IndexOf(OneByte))];
        }
        var (read, written) = (0, 0);
        for (; bytes[read..].IndexOf(_separator) is >= 0 and var next; read += next + _separator.Length)
        {
            bytes.Slice(read, next).CopyTo(bytes[written..]);
            bytes[written + next] = OneByte;
            written += next + 1;
        }
        var rest = bytes[read..];
        _heldCount = _hasEnded ? 0 : StartOfSeparator(rest);
        rest[^_heldCount..].CopyTo(_held);
        rest[..^_heldCount].CopyTo(bytes[written..]);
        return written + rest.Length - _heldCount;
    }

    private int StartOfSeparator(ReadOnlySpan<byte> end)
    {
        for (var length = Math.Min(_separator.Length - 1, end.Length); length > 0; length--)
            if (_separator.AsSpan().StartsWith(end[^length..]))
                return length;
        return 0;
    }
}
