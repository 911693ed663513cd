using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Tables.Csv;

/// <summary>Reads the rows of one file, field by field, and says exactly which row is wrong.</summary>
internal sealed class DelimitedReader : IDisposable
{
    private readonly string _name;
    private readonly DelimitedFormat _format;
    private readonly StreamReader _text;
    private readonly CsvParser _parser;
    private readonly IReadOnlyList<string> _columns;

    public DelimitedReader(InputFile file, DelimitedFormat format)
    {
        _name = Path.GetFileName(file.Path);
        _format = format;
        _text = TextDecoding.Open(file, format.Encoding, compressed: null);
        _parser = new(_text, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = format.Separator,
            Mode = format.Quoted ? CsvMode.RFC4180 : CsvMode.NoEscape,
            IgnoreBlankLines = true,
            BadDataFound = null,
            BufferSize = 1 << 16,
        });
        _columns = format.Header ? ReadHeader() : format.Columns;
    }

    /// <summary>Counts from 1; the header is no row.</summary>
    public long Row { get; private set; }

    /// <summary>The last line of the row, as an editor counts it.</summary>
    public int Line => _parser.RawRow;

    public string this[int column] => _format.SplitLast ? Rejoined(column) : _parser[column];

    public int IndexOf(string column, string parameter)
    {
        for (var i = 0; i < _columns.Count; i++)
            if (_columns[i] == column)
                return i;
        throw new StageException($"{_name}: there is no column '{column}'")
        {
            Parameter = parameter,
            Help = OtherSeparator() is { } other
                ? $"the file looks separated by {other}: use load/delimited with separator: {other}"
                : $"the columns are {string.Join(", ", _columns.Select(name => $"'{name}'"))}",
        };
    }

    public bool Read()
    {
        if (!ReadRecord())
            return false;
        Row++;
        var count = _parser.Count;
        if (count != _columns.Count && !(_format.SplitLast && count > _columns.Count))
            throw new StageException(
                $"{_name}: row {Row} (line {_parser.RawRow}) has {Fields(count)}, expected {_columns.Count} ({string.Join(", ", _columns)})")
            {
                Help = count < _columns.Count
                    ? $"is '{_format.Separator}' the separator, or is a quote left open?"
                    : $"put a text that holds '{_format.Separator}' in quotes",
            };
        return true;
    }

    public void Dispose()
    {
        _parser.Dispose();
        _text.Dispose();
    }

    /// <summary>One column with a usual separator in its name is a header that was not taken apart.</summary>
    private string? OtherSeparator() => _columns is not [var only] || !_format.Header ? null
        : only.Contains(';', StringComparison.Ordinal) ? "\";\""
        : only.Contains('\t', StringComparison.Ordinal) ? "\"\\t\""
        : _format.Separator != "," && only.Contains(',', StringComparison.Ordinal) ? "\",\""
        : null;

    private string[] ReadHeader()
    {
        if (!ReadRecord())
            throw new StageException($"{_name}: the file is empty") { Help = "expected a row of column names, then the data" };
        return _parser.Record!;
    }

    private bool ReadRecord()
    {
        try
        {
            return _parser.Read();
        }
        catch (DecoderFallbackException error)
        {
            throw TextDecoding.NotInEncoding(_name, Row, _format.Encoding, error);
        }
        catch (CsvHelperException error) when (error.InnerException is DecoderFallbackException inner)
        {
            throw TextDecoding.NotInEncoding(_name, Row, _format.Encoding, inner);
        }
        catch (InvalidDataException error)
        {
            throw new StageException($"{_name}: the file cannot be decompressed after row {Row}: {error.Message}");
        }
    }

    // Fields beyond the number of columns are parts of the first one.
    private string Rejoined(int column)
    {
        var extra = _parser.Count - _columns.Count;
        return column > 0
            ? _parser[column + extra]
            : string.Join(_format.Separator, Enumerable.Range(0, extra + 1).Select(i => _parser[i]));
    }

    private static string Fields(int count) => count == 1 ? "1 field" : $"{count} fields";
}
