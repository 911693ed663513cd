using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Scriban.Runtime;

namespace Scriban.Functions;

/// <summary><c>html.…</c>.</summary>
public class HtmlFunctions : ScriptObject
{
    private const string Tag = """<script.*?</script>|<!--.*?-->|<style.*?</style>|<(?:[^>=]|='[^']*'|="[^"]*"|=[^'"][^\s>]*)*>""";
    private const string AllowedInUrl = "-._~:/?#[]@!$&'()*+,;=";

    /// <summary>Encodes <c>&lt; &gt; &amp; " '</c> for text and quoted attributes.</summary>
    public static string? Escape(string? text) => string.IsNullOrEmpty(text) ? text : WebUtility.HtmlEncode(text);

    public static string? NewlineToBr(string? text) => string.IsNullOrEmpty(text) ? text : Regex.Replace(text, @"\r\n|\r|\n", "<br />$0");

    /// <summary>Removes tags, comments, scripts and styles.</summary>
    public static string? Strip(TemplateContext context, string? text)
    {
        ArgumentNullException.ThrowIfNull(context);
        return string.IsNullOrEmpty(text) ? text : Regex.Replace(text, Tag, string.Empty, RegexOptions.IgnoreCase | RegexOptions.Singleline, context.RegexTimeOut);
    }

    /// <summary>Encodes everything but unreserved characters.</summary>
    public static string? UrlEncode(string? text) => string.IsNullOrEmpty(text) ? text : Uri.EscapeDataString(text);

    /// <summary>Encodes what cannot stand in an address, and keeps its slashes and the like.</summary>
    public static string? UrlEscape(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            var start = i;
            var keeps = IsAllowedInUrl(text[i]);
            while (i < text.Length && IsAllowedInUrl(text[i]) == keeps)
            {
                i++;
            }

            escaped.Append(keeps ? text[start..i] : Uri.EscapeDataString(text[start..i]));
        }

        return escaped.ToString();
    }

    private static bool IsAllowedInUrl(char c) => char.IsAsciiLetterOrDigit(c) || AllowedInUrl.Contains(c, StringComparison.Ordinal);
}
