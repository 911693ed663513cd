using System.Text;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables.Csv;

namespace Pipelines.Stages.Tables.Files;

/// <summary>Texts of a file that a user names, read as strictly as data files are: whole archives, known bytes.</summary>
public static class TextFile
{
    /// <summary>The lines of a text file in UTF-8.</summary>
    /// <exception cref="StageException">It cannot be read.</exception>
    public static IEnumerable<string> Lines(string path)
    {
        using StreamReader lines = new(Open(path), Encoding.UTF8);
        while (Next(lines, path) is { } line)
            yield return line;
    }

    /// <summary>One column of a CSV file.</summary>
    /// <exception cref="StageException">It cannot be read, or has no such column.</exception>
    public static IEnumerable<string> Column(string path, string column)
    {
        using CsvRows rows = new(new(path, Path.GetFileName(path), "input", EncodingParameter: null), new());
        var index = rows.IndexOf(column, "column");
        while (rows.Read())
            yield return rows[index];
    }

    private static Utf8Text Open(string path)
    {
        try
        {
            return new(DataFile.OpenText(path), Encoding.UTF8);
        }
        catch (UnreadableFileException error)
        {
            throw Wrong(path, error);
        }
    }

    private static string? Next(StreamReader lines, string path)
    {
        try
        {
            return lines.ReadLine();
        }
        catch (UnreadableFileException error)
        {
            throw Wrong(path, error);
        }
    }

    private static StageException Wrong(string path, UnreadableFileException error) =>
        new($"{Path.GetFileName(path)}: {error.Message}") { Help = error.Help };
}
