using System.Text;
using System.Text.RegularExpressions;

namespace Pipelines.Runner.Reporting.Answers;

/// <summary>
/// The authors' Markdown in parts: below a heading that is one key in backticks (<c>## `results`</c>) stands what belongs to a chapter, a
/// figure, a table or a question; what stands before, or below other headings at the start, is text of its own.
/// </summary>
internal sealed partial class AnswerParts
{
    private readonly Dictionary<string, string> _byKey = new(StringComparer.Ordinal);

    private AnswerParts(string text)
    {
        StringBuilder part = new();
        string? key = null;
        var (line, isCode) = (0, false);
        foreach (var row in text.ReplaceLineEndings("\n").Split('\n'))
        {
            line++;
            isCode ^= row.TrimStart().StartsWith("```", StringComparison.Ordinal);
            if (!isCode && KeyHeading().Match(row) is { Success: true } heading)
            {
                Close(key, part);
                key = heading.Groups["key"].Value;
                Keys.Add(new(key, line, heading.Groups["key"].Index + 1));
            }
            else
            {
                if (!isCode && Heading().Match(row) is { Success: true } other)
                    Headings.Add(new(other.Groups["text"].Value, line, other.Groups["text"].Index + 1));
                part.Append(row).Append('\n');
            }
        }
        Close(key, part);
    }

    /// <summary>Where each key is written, in their order.</summary>
    public List<AnswerKey> Keys { get; } = [];

    /// <summary>Where headings stand that are no keys.</summary>
    public List<AnswerKey> Headings { get; } = [];

    /// <summary>What belongs to no key.</summary>
    public string Free { get; private set; } = "";

    public static AnswerParts Of(string? text) => new(text ?? "");

    /// <summary>Null where nothing is written.</summary>
    public string? Find(string key) => _byKey.GetValueOrDefault(key);

    private void Close(string? key, StringBuilder part)
    {
        var text = part.ToString().Trim('\n');
        part.Clear();
        if (string.IsNullOrWhiteSpace(text))
            return;
        if (key is null)
            Free = text + "\n";
        else
            _byKey[key] = _byKey.TryGetValue(key, out var before) ? $"{before}\n\n{text}" : text;
    }

    [GeneratedRegex(@"^ {0,3}#{1,6}\s+`(?<key>[^`]+)`\s*#*\s*$")]
    private static partial Regex KeyHeading();

    [GeneratedRegex(@"^ {0,3}#{1,6}\s+(?<text>.*?)\s*#*\s*$")]
    private static partial Regex Heading();
}

/// <param name="Line">Counts from 1, as the column.</param>
internal sealed record AnswerKey(string Text, int Line, int Column);
