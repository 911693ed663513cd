using System.Text;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Tables.Csv;

/// <summary>How a text file holds rows: by default as RFC 4180, in UTF-8, with a header.</summary>
/// <param name="Separator">One or more characters between fields.</param>
/// <param name="Quote">
/// The sign in which fields may stand, which then may hold separators, line ends and, doubled, the sign; null: none, all signs are text.
/// </param>
/// <param name="Columns">The names of the fields; null: the first row has them.</param>
/// <param name="SplitLast">A separator inside the first field belongs to the text: only the last ones separate.</param>
internal sealed record CsvFormat(
    string Separator = ",", char? Quote = '"', IReadOnlyList<string>? Columns = null, bool SplitLast = false, string Encoding = "utf-8")
{
    // What the library can look for.
    private const int MaxSeparatorBytes = 16;

    /// <returns>The separator itself, for the constructors of parameters.</returns>
    /// <exception cref="StageException">It cannot separate.</exception>
    public static string CheckedSeparator(string separator, char? quote)
    {
        var wrong = separator.Length == 0 ? "the separator is empty"
            : separator.AsSpan().ContainsAny("\r\n\0") ? "a separator holds no line end"
            : quote is { } sign && separator.Contains(sign, StringComparison.Ordinal) ? $"the separator holds the quote {sign}"
            : Utf8.GetByteCount(separator) > MaxSeparatorBytes ? $"the separator is longer than {MaxSeparatorBytes} bytes"
            : null;
        return wrong is null
            ? separator
            : throw new StageException(wrong) { Parameter = "separator", Help = "e.g. separator: \";\" or \"\\t\"" };
    }

    /// <summary>The same for the quote.</summary>
    public static string CheckedQuote(string quote) => quote is [> ' ' and < '\x7F']
        ? quote
        : throw new StageException($"'{quote}' is no quote")
        {
            Parameter = "quote",
            Help = "one ASCII sign, e.g. quote: \"'\"; quoted: false where there are none",
        };

    /// <summary>The same for the names of columns.</summary>
    /// <exception cref="StageException">A name is there twice, or is none.</exception>
    public static IReadOnlyList<string>? CheckedNames(IReadOnlyList<string>? names, string parameter)
    {
        for (var i = 0; i < names?.Count; i++)
            if (names[i].Length == 0)
                throw new StageException("a column has no name") { Parameter = $"{parameter}.{i}" };
            else if (names.Take(i).Contains(names[i]))
                throw new StageException($"'{names[i]}' stands twice in {parameter}")
                {
                    Parameter = $"{parameter}.{i}",
                    Help = "give each column a name of its own",
                };
        return names is { Count: 0 } ? throw new StageException($"{parameter} names nothing") { Parameter = parameter } : names;
    }

    private static UTF8Encoding Utf8 { get; } = new(encoderShouldEmitUTF8Identifier: false);
}
