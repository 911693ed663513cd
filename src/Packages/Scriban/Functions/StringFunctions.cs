using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Scriban.Runtime;

namespace Scriban.Functions;

/// <summary><c>string.…</c>; <see cref="ScriptObject"/> members aside, each method is a function in snake case.</summary>
public partial class StringFunctions : ScriptObject
{
    public static string Append(TemplateContext context, string? text, string? with) => Limited(context, text + with);

    public static string Prepend(TemplateContext context, string? text, string? by) => Limited(context, by + text);

    public static string Capitalize(string? text)
        => string.IsNullOrEmpty(text) ? string.Empty : char.ToUpperInvariant(text[0]) + text[1..];

    public static string Capitalizewords(string? text)
    {
        var capitalized = new StringBuilder(text ?? string.Empty);
        for (var i = 0; i < capitalized.Length; i++)
        {
            if (i == 0 || char.IsWhiteSpace(capitalized[i - 1]))
            {
                capitalized[i] = char.ToUpperInvariant(capitalized[i]);
            }
        }

        return capitalized.ToString();
    }

    public static string? Downcase(string? text) => text?.ToLowerInvariant();

    public static string? Upcase(string? text) => text?.ToUpperInvariant();

    public static bool Contains(string? text, string? value)
        => !string.IsNullOrEmpty(text) && !string.IsNullOrEmpty(value) && text.Contains(value, StringComparison.Ordinal);

    public static bool StartsWith(string? text, string? value)
        => !string.IsNullOrEmpty(text) && !string.IsNullOrEmpty(value) && text.StartsWith(value, StringComparison.Ordinal);

    public static bool EndsWith(string? text, string? value)
        => !string.IsNullOrEmpty(text) && !string.IsNullOrEmpty(value) && text.EndsWith(value, StringComparison.Ordinal);

    public static bool EqualsIgnoreCase(string? text, string? value)
        => text is not null && text.Equals(value, StringComparison.OrdinalIgnoreCase);

    public static bool Empty(string? text) => string.IsNullOrEmpty(text);

    public static bool Whitespace(string? text) => string.IsNullOrWhiteSpace(text);

    /// <summary>Lower-case letters and digits, everything else becomes one dash.</summary>
    public static string Handleize(string text)
    {
        var handle = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c))
            {
                handle.Append(char.ToLowerInvariant(c));
            }
            else if (handle.Length == 0 || handle[^1] != '-')
            {
                handle.Append('-');
            }
        }

        return handle is [.., '-'] ? handle.ToString(0, handle.Length - 1) : handle.ToString();
    }

    /// <summary>The text in quotes, with escapes.</summary>
    public static string? Literal(string? text) => text is null ? null : $"\"{Escape(text)}\"";

    public static string? LStrip(string? text) => text?.TrimStart();

    public static string? RStrip(string? text) => text?.TrimEnd();

    public static string? Strip(string? text) => text?.Trim();

    public static string StripNewlines(string? text) => Regex.Replace(text ?? string.Empty, @"\r\n|\r|\n", string.Empty);

    public static string Pluralize(int number, string singular, string plural) => number == 1 ? singular : plural;

    public static string? Remove(string? text, string? remove)
        => string.IsNullOrEmpty(text) || string.IsNullOrEmpty(remove) ? text : text.Replace(remove, string.Empty, StringComparison.Ordinal);

    public static string? RemoveFirst(string? text, string? remove) => string.IsNullOrEmpty(text) ? text : ReplaceOnce(text, remove, null, false);

    public static string? RemoveLast(string? text, string? remove) => string.IsNullOrEmpty(text) ? text : ReplaceOnce(text, remove, null, true);

    public static string Replace(TemplateContext context, string? text, string? match, string? replace)
        => string.IsNullOrEmpty(text) ? string.Empty : Limited(context, text.Replace(match ?? string.Empty, replace, StringComparison.Ordinal));

    public static string ReplaceFirst(TemplateContext context, string? text, string? match, string? replace, bool fromEnd = false)
        => Limited(context, ReplaceOnce(text, match, replace, fromEnd));

    public static int Size(string? text) => text?.Length ?? 0;

    /// <summary>A part of the text; a negative start counts from the end.</summary>
    public static string Slice(string? text, int start, int? length = null) => Part(text, start, length ?? text?.Length ?? 0);

    public static string Slice1(string? text, int start, int length = 1) => Part(text, start, length);

    /// <summary>The parts between the matches; empty parts are left out.</summary>
    public static IEnumerable Split(string? text, string? match)
    {
        if (string.IsNullOrEmpty(text))
        {
            return new ScriptRange(Array.Empty<string>());
        }

        return new ScriptRange(string.IsNullOrEmpty(match) ? [text] : text.Split(match, StringSplitOptions.RemoveEmptyEntries));
    }

    public static string PadLeft(TemplateContext context, string? text, int width) => (text ?? string.Empty).PadLeft(Width(context, width));

    public static string PadRight(TemplateContext context, string? text, int width) => (text ?? string.Empty).PadRight(Width(context, width));

    /// <summary>At most <paramref name="length"/> characters, the ellipsis included.</summary>
    public static string Truncate(string? text, int length, string? ellipsis = null)
    {
        ellipsis ??= "...";
        return string.IsNullOrEmpty(text) || text.Length <= length ? text ?? string.Empty : text[..Math.Max(0, length - ellipsis.Length)] + ellipsis;
    }

    public static string Truncatewords(string? text, int count, string? ellipsis = null)
        => string.IsNullOrEmpty(text) ? string.Empty : string.Join(' ', Regex.Split(text, @"\s+").Take(count)) + "...";

    public static object? ToInt(TemplateContext context, string? text)
        => int.TryParse(text, NumberStyles.Integer, context.CurrentCulture, out var number) ? number : null;

    public static object? ToLong(TemplateContext context, string? text)
        => long.TryParse(text, NumberStyles.Integer, context.CurrentCulture, out var number) ? number : null;

    public static object? ToFloat(TemplateContext context, string? text)
        => float.TryParse(text, NumberStyles.Float | NumberStyles.AllowThousands, context.CurrentCulture, out var number) ? number : null;

    public static object? ToDouble(TemplateContext context, string? text)
        => double.TryParse(text, NumberStyles.Float | NumberStyles.AllowThousands, context.CurrentCulture, out var number) ? number : null;

    /// <summary>Index of a text, or -1.</summary>
    public static int IndexOf(string text, string search, int? startIndex = null, int? count = null, string? stringComparison = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(search);
        var comparison = StringComparison.CurrentCulture;
        if (stringComparison is not null && !Enum.TryParse(stringComparison, out comparison))
        {
            throw new ArgumentException($"'{stringComparison}' is not a valid {nameof(stringComparison)}", nameof(stringComparison));
        }

        var start = startIndex ?? 0;
        return text.IndexOf(search, start, count ?? text.Length - start, comparison);
    }

    private static string Part(string? text, int start, int length)
    {
        if (string.IsNullOrEmpty(text) || start >= text.Length)
        {
            return string.Empty;
        }

        var from = start < 0 ? start + text.Length : start;
        var to = Math.Min((long)from + length, text.Length);
        from = Math.Max(0, from);
        return to <= from ? string.Empty : text[from..(int)to];
    }

    private static string ReplaceOnce(string? text, string? match, string? replace, bool fromEnd)
    {
        if (string.IsNullOrEmpty(text) || string.IsNullOrEmpty(match))
        {
            return text ?? string.Empty;
        }

        var index = fromEnd ? text.LastIndexOf(match, StringComparison.OrdinalIgnoreCase) : text.IndexOf(match, StringComparison.OrdinalIgnoreCase);
        return index < 0 ? text : string.Concat(text.AsSpan(0, index), replace, text.AsSpan(index + match.Length));
    }

    private static string Limited(TemplateContext context, string text) => context.LimitToString > 0 && text.Length > context.LimitToString
        ? throw new InvalidOperationException($"The resulting string length exceeds the configured LimitToString `{context.LimitToString}`.")
        : text;

    private static int Width(TemplateContext context, int width) => context.LimitToString > 0 && width > context.LimitToString
        ? throw new ArgumentOutOfRangeException(nameof(width), $"Padding width `{width}` exceeds the configured LimitToString `{context.LimitToString}`.")
        : width;
}
