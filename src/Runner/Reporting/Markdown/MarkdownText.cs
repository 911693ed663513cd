using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Pipelines.Runner.Reporting.Wording;

namespace Pipelines.Runner.Reporting.Markdown;

/// <summary>The Markdown that answers are written in: headings, paragraphs, lists, quotes, code, emphasis. Everything else, tags above all, is text.</summary>
internal sealed partial class MarkdownText
{
    // Below the chapter of the report that holds the answers.
    private const int HighestHeading = 3;

    private readonly StringBuilder _html = new();
    private readonly List<string> _paragraph = [];
    private readonly string _language;
    private string? _list;
    private int _lastHeading = HighestHeading - 1;

    private MarkdownText(string language) => _language = language;

    /// <returns>Well-formed HTML.</returns>
    public static string ToHtml(string markdown, string language)
    {
        MarkdownText text = new(language);
        var lines = markdown.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
            i = text.Read(lines, i);
        text.EndBlock();
        return text._html.ToString();
    }

    /// <summary>Takes the block that begins at this line, or the line alone; the last line taken.</summary>
    private int Read(string[] lines, int i)
    {
        var line = lines[i].TrimEnd();
        if (line.StartsWith("```", StringComparison.Ordinal))
        {
            EndBlock();
            var end = Array.FindIndex(lines, i + 1, other => other.StartsWith("```", StringComparison.Ordinal));
            end = end < 0 ? lines.Length : end;
            _html.Append("<pre><code>").Append(WebUtility.HtmlEncode(string.Join('\n', lines[(i + 1)..end]))).Append("</code></pre>\n");
            return end;
        }
        if (line.Length == 0)
            EndBlock();
        else if (Heading().Match(line) is { Success: true } heading)
            AddHeading(heading.Groups[1].Length, heading.Groups[2].Value);
        else if (Item().Match(line) is { Success: true } item)
            AddItem(char.IsAsciiDigit(item.Groups[1].Value[0]) ? "ol" : "ul", item.Groups[2].Value);
        else if (line.StartsWith('>'))
            Add($"<blockquote><p>{Inline(line[1..].Trim())}</p></blockquote>\n");
        else
            _paragraph.Add(line.Trim());
        return i;
    }

    // A level is never skipped, whatever the author wrote.
    private void AddHeading(int level, string text)
    {
        var shown = Math.Clamp(Math.Min(level + HighestHeading - 1, _lastHeading + 1), HighestHeading, 6);
        _lastHeading = shown;
        Add($"<h{shown}>{Inline(text)}</h{shown}>\n");
    }

    private void AddItem(string list, string text)
    {
        EndParagraph();
        if (_list != list)
        {
            EndList();
            _html.Append('<').Append(list).Append(">\n");
            _list = list;
        }
        _paragraph.Add(text);
    }

    private void Add(string html)
    {
        EndBlock();
        _html.Append(html);
    }

    private void EndBlock()
    {
        EndParagraph();
        EndList();
    }

    private void EndParagraph()
    {
        if (_paragraph.Count == 0)
            return;
        var (open, close) = _list is null ? ("<p>", "</p>\n") : ("<li>", "</li>\n");
        _html.Append(open).Append(Inline(string.Join(' ', _paragraph))).Append(close);
        _paragraph.Clear();
    }

    private void EndList()
    {
        if (_list is not null)
            _html.Append("</").Append(_list).Append(">\n");
        _list = null;
    }

    /// <summary>Code spans stay as they are; outside of them, emphasis and typography.</summary>
    private string Inline(string text) => string.Concat(Code().Split(text).Select((part, i) => i % 2 == 1
        ? $"<code>{WebUtility.HtmlEncode(part)}</code>"
        : Emphasis().Replace(Strong().Replace(WebUtility.HtmlEncode(Typography.Set(part, _language)), "<strong>$1</strong>"), "<em>$1</em>")));

    [GeneratedRegex("^(#{1,6}) +(.+?) *#*$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^ {0,3}([-*+]|\d{1,3}[.)]) +(.+)$")]
    private static partial Regex Item();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\*\*(?=\S)([^*]+?)(?<=\S)\*\*")]
    private static partial Regex Strong();

    [GeneratedRegex(@"(?<![\w*])[*_](?=\S)([^*_<>]+?)(?<=\S)[*_](?![\w*])")]
    private static partial Regex Emphasis();
}
