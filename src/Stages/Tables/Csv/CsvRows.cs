using System.Diagnostics;
using CsvHelper;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables.Files;

namespace Pipelines.Stages.Tables.Csv;

/// <summary>Reads the rows of a file, strictly as RFC 4180, and says exactly which row is wrong, and where.</summary>
internal sealed class CsvRows : IRecords
{
    /// <summary>In bytes of UTF-8; a line that never ends must not take all memory.</summary>
    public const int MaxRowBytes = 8 << 20;

    private const int MaxColumnsInSentence = 8;
    private const int MaxColumnsListed = 40;

    private readonly CsvSource _source;
    private readonly CsvFormat _format;
    private readonly CsvBytes _bytes;
    private readonly CsvReader _reader;
    private CsvMalformedRecord? _malformed;

    /// <exception cref="StageException">The file cannot be read, or has no header.</exception>
    public CsvRows(CsvSource source, CsvFormat format)
    {
        (_source, _format) = (source, format);
        try
        {
            _bytes = new(new(DataFile.OpenText(source.Path), TextEncoding.Find(format.Encoding)), format.Separator);
        }
        catch (UnreadableFileException error)
        {
            throw source.Wrong(null, error);
        }
        _reader = CsvReader.Create(_bytes, Options());
        try
        {
            Columns = format.Columns ?? Header();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public IReadOnlyList<string> Columns { get; }

    /// <summary>Counts from 1; the header is no row.</summary>
    public long Row { get; private set; }

    /// <summary>Where the row is, for messages: <c>row 2 (line 3)</c>, with the line on which it begins.</summary>
    public string Place => $"row {Row} (line {_reader.LineNumber})";

    public string this[int column] => WithMore is null ? Field(column) : Rejoined(column);

    /// <exception cref="StageException">There is no such column, or there are two.</exception>
    public int IndexOf(string column, string parameter)
    {
        var places = Enumerable.Range(0, Columns.Count).Where(i => Columns[i] == column).ToList();
        if (places is [var place])
            return place;
        throw places.Count > 1
            ? _source.Wrong(
                null, $"the column '{column}' stands {places.Count} times in the header", "give each column a name of its own", parameter)
            : _source.Wrong(null, $"there is no column '{column}'", OtherSeparator() is { } other
                ? $"the file looks separated by {other}: use load/delimited with separator: {other}"
                : $"the columns are {string.Join(", ", Columns.Take(MaxColumnsListed).Select(name => $"'{name}'"))}", parameter);
    }

    /// <exception cref="StageException">What is next is no row of these columns.</exception>
    public bool Read()
    {
        if (!ReadRecord(isHeader: false))
            return false;
        Row++;
        var count = _reader.FieldCount;
        var isRight = count == Columns.Count
            || (WithMore is { } rejoined && count > Columns.Count && !IsQuoted(rejoined, count - Columns.Count));
        return isRight ? true : throw OtherCount(count);
    }

    ValueTask<bool> IRecords.ReadAsync(CancellationToken cancellation) => new(Read());

    public StageException Wrong(string what, string? help, string? parameter = null) => _source.Wrong(Place, what, help, parameter);

    public void Dispose() => _reader.Dispose();

    private CsvReaderOptions Options() => new()
    {
        Separator = _bytes.Separator,
        HasHeader = false,
        Mode = _format.Quote is null ? CsvMode.NoEscape : CsvMode.Rfc4180,
        Quote = _format.Quote ?? '"',
        MaxRecordSize = MaxRowBytes,
        TrackLineNumbers = true,
        // A record that is handed on can say in which of its fields it is wrong; one that is thrown cannot.
        MalformedData = CsvMalformedDataHandling.Recover,
        OnMalformedRecord = record => _malformed = record,
    };

    // One column with a usual separator in its name is a header that was not taken apart.
    private string? OtherSeparator() => Columns is not [var only] || _format.Columns is not null ? null
        : only.Contains(';', StringComparison.Ordinal) ? "\";\""
        : only.Contains('\t', StringComparison.Ordinal) ? "\"\\t\""
        : _format.Separator != "," && only.Contains(',', StringComparison.Ordinal) ? "\",\""
        : null;

    private IReadOnlyList<string> Header() => ReadRecord(isHeader: true)
        ? [.. Enumerable.Range(0, _reader.FieldCount).Select(Field)]
        : throw _source.Wrong(null, "the file is empty", "expected a row of column names, then the data");

    private bool ReadRecord(bool isHeader)
    {
        bool isThere;
        try
        {
            isThere = _reader.Read();
        }
        catch (CsvFormatException error)
        {
            throw TooLong(error.LineNumber);
        }
        if (_bytes.Failure is { } failure && (!isThere || _reader.ByteOffset + _reader.RawRecord.Length >= _bytes.Count))
            throw Broken(failure, isHeader);
        if (_malformed is { } malformed)
            throw new MalformedRow(_reader, malformed).In(_source, isHeader ? "header" : $"row {Row + 1}");
        return _reader.RawRecord.Length <= MaxRowBytes ? isThere : throw TooLong(_reader.LineNumber);
    }

    private StageException Broken(UnreadableFileException failure, bool isHeader) => failure.IsAboutEncoding
        ? _source.Wrong(isHeader ? $"header (line {_bytes.Line})" : $"row {Row + 1} (line {_bytes.Line})", failure)
        : _source.Wrong(null, $"{failure.Message} after row {Row}", failure.Help);

    private StageException TooLong(long line) => _source.Wrong(
        $"row {Row + 1} (line {line})", $"longer than {MaxRowBytes >> 20} MiB",
        _format.Quote is null ? "do its lines end at all?" : "is a quote left open? where quotes are ordinary signs, write quoted: false");

    private StageException OtherCount(int count)
    {
        var names = string.Join(", ", Columns.Take(MaxColumnsInSentence)) + (Columns.Count > MaxColumnsInSentence ? ", …" : "");
        return new($"{_source.Called}: {Place} has {(count == 1 ? "1 field" : $"{count} fields")}, expected {Columns.Count} ({names})")
        {
            Help = count < Columns.Count
                ? $"is '{_format.Separator}' the separator, or is a line end inside a text without quotes?"
                : $"put a text that holds '{_format.Separator}' in quotes",
            Parameter = _source.Parameter,
        };
    }

    // The column that may hold separators itself.
    private int? WithMore => _format.Separates switch
    {
        Separators.All => null,
        Separators.Last => 0,
        Separators.First => Columns.Count - 1,
        _ => throw new UnreachableException(),
    };

    // Fields beyond the number of columns are parts of one.
    private string Rejoined(int column)
    {
        var (rejoined, extra) = (WithMore!.Value, _reader.FieldCount - Columns.Count);
        return column == rejoined
            ? string.Join(_format.Separator, Enumerable.Range(rejoined, extra + 1).Select(Field))
            : Field(column > rejoined ? column + extra : column);
    }

    private string Field(int index) => _bytes.Restored(_reader.GetString(index));

    // A quoted text says itself where it ends.
    private bool IsQuoted(int rejoined, int extra) =>
        _format.Quote is { } quote
        && Enumerable.Range(rejoined, extra + 1).Any(field => _reader.GetRawSpan(field) is [var first, ..] && first == quote);
}
