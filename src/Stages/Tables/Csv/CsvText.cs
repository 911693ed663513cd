using CsvHelper;

namespace Pipelines.Stages.Tables.Csv;

/// <summary>Writes rows as CSV (RFC 4180) with LF line ends, in UTF-8.</summary>
public sealed class CsvText : IDisposable
{
    private readonly CsvWriter _writer;

    private CsvText(CsvWriter writer) => _writer = writer;

    /// <summary>Exactly what is given, for programs.</summary>
    public static CsvText ToFile(string path) => new(CsvWriter.ToFile(path, Options(CsvInjection.None)));

    /// <summary>
    /// For people, whose spreadsheet would run a text that begins like a formula: such a text gets an apostrophe, which shows it as a text.
    /// </summary>
    public static CsvText ForSpreadsheets(TextWriter text) => new(CsvWriter.Create(text, Options(CsvInjection.Escape), leaveOpen: true));

    /// <summary>The next cell of the row: a text, or a number, which no spreadsheet takes for a formula; null is an empty cell.</summary>
    public void Cell(object? value) => _writer.WriteField(value);

    public void EndRow() => _writer.EndRecord();

    public void Dispose() => _writer.Dispose();

    private static CsvWriterOptions Options(CsvInjection injection) =>
        new() { NewLine = "\n", Quoting = CsvQuoting.WhenNeededOrWhitespace, Injection = injection };
}
