using System.Net;
using System.Text;

namespace Pipelines.Stages.Text.Cleaning;

/// <summary>
/// A text without its markup: tags, comments, scripts and styles become spaces, entities such as <c>&amp;amp;</c> become characters.
/// Every character is looked at
/// a fixed number of times, however many tags are left open.
/// </summary>
internal sealed class HtmlText
{
    private readonly string _text;
    private readonly NextEnd _comment;
    private readonly NextEnd _script;
    private readonly NextEnd _style;

    private HtmlText(string text)
    {
        _text = text;
        _comment = new(from => text.IndexOf("-->", from, StringComparison.Ordinal) is >= 0 and var at ? at + "-->".Length : -1);
        _script = new(from => ClosingTag("</script", from));
        _style = new(from => ClosingTag("</style", from));
    }

    public static string Of(string html) => WebUtility.HtmlDecode(new HtmlText(html).WithoutMarkup());

    private string WithoutMarkup()
    {
        var plain = new StringBuilder(_text.Length);
        var position = 0;
        while (position < _text.Length)
        {
            var open = _text.IndexOf('<', position);
            if (open < 0)
                break;
            plain.Append(_text, position, open - position);
            if (EndOfMarkup(open) is >= 0 and var end)
            {
                plain.Append(' ');
                position = end;
            }
            else
            {
                plain.Append('<');
                position = open + 1;
            }
        }
        return plain.Append(_text, position, _text.Length - position).ToString();
    }

    /// <summary>Just past what starts here, or −1 where it is no markup.</summary>
    private int EndOfMarkup(int open)
    {
        if (_text.AsSpan(open).StartsWith("<!--"))
            return _comment.After(open + "<!--".Length);
        if (IsTag(open, "<script") && _script.After(open + "<script".Length) is >= 0 and var script)
            return script;
        if (IsTag(open, "<style") && _style.After(open + "<style".Length) is >= 0 and var style)
            return style;
        var name = open + 1 < _text.Length && _text[open + 1] == '/' ? open + 2 : open + 1;
        if (name >= _text.Length || !char.IsAsciiLetter(_text[name]))
            return -1;
        var end = _text.AsSpan(name).IndexOfAny('<', '>');
        return end >= 0 && _text[name + end] == '>' ? name + end + 1 : -1;
    }

    private bool IsTag(int open, string start) => _text.AsSpan(open).StartsWith(start, StringComparison.OrdinalIgnoreCase)
        && !(open + start.Length < _text.Length && IsWordPart(_text[open + start.Length]));

    private int ClosingTag(string start, int from)
    {
        var at = _text.IndexOf(start, from, StringComparison.OrdinalIgnoreCase);
        while (at >= 0)
        {
            at += start.Length;
            while (at < _text.Length && char.IsWhiteSpace(_text[at]))
                at++;
            if (at < _text.Length && _text[at] == '>')
                return at + 1;
            at = _text.IndexOf(start, at, StringComparison.OrdinalIgnoreCase);
        }
        return -1;
    }

    private static bool IsWordPart(char letter) => char.IsLetterOrDigit(letter) || letter == '_';

    /// <summary>
    /// Remembers that nothing is closed any more, so that the rest of the text is looked through once and not for every beginning.
    /// </summary>
    private sealed class NextEnd(Func<int, int> find)
    {
        private bool _isLast;

        /// <summary>Just past the next end, or −1.</summary>
        public int After(int from)
        {
            if (_isLast)
                return -1;
            var end = find(from);
            _isLast = end < 0;
            return end;
        }
    }
}
