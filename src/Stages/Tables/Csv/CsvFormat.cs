using System.Text;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Tables.Csv;

/// <summary>How a text file holds rows: by default as RFC 4180, in UTF-8, with a header.</summary>
/// <param name="Separator">One or more characters between fields.</param>
/// <param name="Quote">
/// The sign in which fields may stand, which then may hold separators, line ends and, doubled, the sign; null: none, all signs are text.
/// </param>
/// <param name="Columns">The names of the fields; null: the first row has them.</param>
/// <param name="Separates">Which separators of a row end a field, where there are more than fields.</param>
internal sealed record CsvFormat(
    string Separator = ",", char? Quote = '"', IReadOnlyList<string>? Columns = null, Separators Separates = Separators.All,
    string Encoding = "utf-8")
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
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (var i = 0; i < names?.Count; i++)
            if (names[i].Length == 0)
                throw new StageException("a column has no name") { Parameter = $"{parameter}.{i}" };
            else if (!seen.Add(names[i]))
                throw new StageException($"'{names[i]}' stands twice in {parameter}")
                {
                    Parameter = $"{parameter}.{i}",
                    Help = "give each column a name of its own",
                };
        return names is { Count: 0 } ? throw new StageException($"{parameter} names nothing") { Parameter = parameter } : names;
    }

    /// <summary>The two parameters that say which separators separate.</summary>
    /// <exception cref="StageException">They contradict each other.</exception>
    public static Separators SeparatesOf(bool splitFirst, bool splitLast) => (splitFirst, splitLast) switch
    {
        (true, true) => throw new StageException("split_first and split_last contradict each other") { Parameter = "split_first" },
        (true, false) => Separators.First,
        (false, true) => Separators.Last,
        (false, false) => Separators.All,
    };

    private static UTF8Encoding Utf8 { get; } = new(encoderShouldEmitUTF8Identifier: false);
}

/// <summary>Which separators of a row end a field; the others belong to a text.</summary>
internal enum Separators
{
    /// <summary>A row with more of them is an error.</summary>
    All,

    /// <summary>The first field may hold some: <c>sentence@label</c>.</summary>
    Last,

    /// <summary>The last field may hold some: <c>label text</c>.</summary>
    First,
}
