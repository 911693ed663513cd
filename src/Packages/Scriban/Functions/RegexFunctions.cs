using System.Text.RegularExpressions;
using Scriban.Runtime;

namespace Scriban.Functions;

/// <summary><c>regex.…</c>; options are any of <c>i m s x</c>.</summary>
public class RegexFunctions : ScriptObject
{
    public static string Escape(string pattern) => Regex.Escape(pattern);

    public static string Unescape(string pattern) => Regex.Unescape(pattern);

    /// <summary>The groups of the first match; empty without one.</summary>
    public static ScriptArray Match(TemplateContext context, string text, string pattern, string? options = null)
    {
        var match = Create(context, pattern, options).Match(text);
        return match.Success ? Groups(match) : [];
    }

    public static ScriptArray Matches(TemplateContext context, string text, string pattern, string? options = null)
        => new(Create(context, pattern, options).Matches(text).Select(Groups));

    public static string Replace(TemplateContext context, string text, string pattern, string replace, string? options = null)
        => Create(context, pattern, options).Replace(text, replace);

    public static ScriptArray Split(TemplateContext context, string text, string pattern, string? options = null)
        => new((IEnumerable<object?>)Create(context, pattern, options).Split(text));

    private static ScriptArray Groups(Match match) => new(match.Groups.Values.Select(group => group.Value));

    private static Regex Create(TemplateContext context, string pattern, string? options)
        => new(pattern, (options ?? string.Empty).Aggregate(RegexOptions.None, (all, option) => all | OptionOf(option)), context.RegexTimeOut);

    private static RegexOptions OptionOf(char option) => option switch
    {
        'i' => RegexOptions.IgnoreCase,
        'm' => RegexOptions.Multiline,
        's' => RegexOptions.Singleline,
        'x' => RegexOptions.IgnorePatternWhitespace,
        _ => RegexOptions.None,
    };
}
