using System.Globalization;
using System.Text;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables.Csv;
using Pipelines.Stages.Tables.Files;
using Pipelines.Stages.Text.Unicode;

namespace Pipelines.Stages.Text.Vectors;

/// <summary>One line of a file of word vectors.</summary>
internal sealed record WordVector(string Word, float[] Values);

/// <summary>
/// Word vectors as text, one a line: a word and its numbers, separated by single spaces, as GloVe publishes them. A first line of two whole
/// numbers (words and width, as word2vec and fastText write) is no vector. Plain or compressed by gzip.
/// </summary>
internal sealed class VectorFile(InputFile file, string encoding)
{
    private readonly CsvSource _source = CsvSource.Of(file, "file");
    private int? _words;

    /// <summary>How many numbers every word has; 0 until the first was read.</summary>
    public int Width { get; private set; }

    /// <summary>How many lines were read.</summary>
    public long Lines { get; private set; }

    /// <exception cref="StageException">A line is no vector, or one of another width.</exception>
    public IEnumerable<WordVector> Read()
    {
        using var reader = new StreamReader(Checked(Text), Encoding.UTF8);
        while (Checked(reader.ReadLine) is { } line)
        {
            Lines++;
            if (Lines == 1 && TryHeader(line))
                continue;
            yield return Parse(line.EndsWith(' ') ? line[..^1] : line);
        }
        if (Lines == (_words is null ? 0 : 1))
            throw _source.Wrong(null, "the file holds no vectors", "each line is a word and its numbers: 'bank 0.12 -0.3'");
        if (_words is { } words && words != Lines - 1)
            throw _source.Wrong(
                null, $"its first line says that there are {words} words, and there are {Lines - 1}",
                "get the file again: it may have been cut");
    }

    private Utf8Text Text() => new(DataFile.OpenText(file.Path), TextEncoding.Find(encoding));

    private T Checked<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (UnreadableFileException unreadable)
        {
            throw _source.Wrong(Lines == 0 ? null : $"after line {Lines}", unreadable);
        }
    }

    private bool TryHeader(string line)
    {
        if (line.Split(' ') is not [{ Length: > 0 } words, { Length: > 0 } width] || !(words + width).All(char.IsAsciiDigit))
            return false;
        if (!int.TryParse(words, CultureInfo.InvariantCulture, out var count)
            || !int.TryParse(width, CultureInfo.InvariantCulture, out var numbers) || numbers == 0)
            throw Wrong($"{words} words of {width} numbers cannot be");
        (_words, Width) = (count, numbers);
        return true;
    }

    // Some words of GloVe's largest files hold spaces; their vectors are the last numbers of the line.
    private WordVector Parse(string line)
    {
        var fields = line.Split(' ');
        if (Width == 0)
            Width = fields.Length - 1;
        if (Width == 0 || fields.Length <= Width)
            throw Wrong($"{Numbers(fields.Length - 1)}, and {(Width == 0 ? "a vector has one at least" : $"{WidthOf} {Width}")}");
        var first = fields.Length - Width;
        if (first > 1 && IsNumber(fields[1], out _))
            throw Wrong($"{Numbers(fields.Length - 1)}, and {WidthOf} {Width}");
        var values = new float[Width];
        for (var i = 0; i < Width; i++)
            if (!IsNumber(fields[first + i], out values[i]))
                throw Wrong($"'{fields[first + i]}' is no number (the {i + 1}. of {Width})");
        return new(Normalization.Nfc(string.Join(' ', fields[..first])), values);
    }

    private StageException Wrong(string what) =>
        _source.Wrong($"line {Lines}", what, "all words have as many numbers, after single spaces; get the file again if it was cut");

    private string WidthOf => _words is null ? "the first word has" : "the first line says";

    private static string Numbers(int count) => count == 1 ? "there is 1 number" : $"there are {count} numbers";

    private static bool IsNumber(string text, out float value) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && float.IsFinite(value);
}
