using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Tables.Csv;

/// <summary>The rows of a CSV file that a command wrote: UTF-8, commas, a header.</summary>
internal sealed class CsvRows : IDisposable
{
    private readonly string _called;
    private readonly StreamReader _text;
    private readonly CsvParser _parser;
    private long _row;

    /// <param name="called">The table, for messages.</param>
    /// <exception cref="StageException">There is no good header.</exception>
    public CsvRows(string path, string called)
    {
        _called = called;
        _text = new(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
        _parser = new(_text, new CsvConfiguration(CultureInfo.InvariantCulture) { IgnoreBlankLines = true, BadDataFound = null });
        if (!Parse())
            throw Wrong("is empty", "write a line with the names of the columns first");
        Names = _parser.Record!;
        if (Names.FirstOrDefault(name => name.Length == 0) is not null)
            throw Wrong("has a column without a name", "pandas: to_csv(…, index=False)");
        if (Names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw Wrong($"has two columns '{twice.Key}'", null);
    }

    public IReadOnlyList<string> Names { get; }

    public string this[int column] => _parser[column];

    public bool Read()
    {
        if (!Parse())
            return false;
        _row++;
        return _parser.Count == Names.Count ? true : throw Wrong(
            string.Create(CultureInfo.InvariantCulture, $"has {_parser.Count} cells in row {_row}, where the header has {Names.Count}"), "put texts with commas or line ends in double quotes");
    }

    /// <summary>A cell of the current row is not what its column holds.</summary>
    public StageException BadCell(int column, string expected) => Wrong(
        string.Create(CultureInfo.InvariantCulture, $"has '{Cut(this[column])}' for '{Names[column]}' in row {_row}, where {expected} was expected"), null);

    public void Dispose()
    {
        _parser.Dispose();
        _text.Dispose();
    }

    private bool Parse()
    {
        try
        {
            return _parser.Read();
        }
        catch (Exception error) when (error is DecoderFallbackException || error.InnerException is DecoderFallbackException)
        {
            throw Wrong(string.Create(CultureInfo.InvariantCulture, $"is not UTF-8 after row {_row}"), null);
        }
    }

    private static string Cut(string text) => text.Length <= 60 ? text : text[..59] + "…";

    private StageException Wrong(string what, string? help) => new($"the CSV file for '{_called}' {what}") { Help = help, Parameter = "run" };
}
