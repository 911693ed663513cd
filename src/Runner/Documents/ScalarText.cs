using System.Buffers;
using System.Globalization;

namespace Pipelines.Runner.Documents;

/// <summary>What a plain scalar means by YAML 1.2 (core schema, decimal numbers only): <c>yes</c>, <c>on</c> and <c>0x1F</c> are texts.</summary>
public static class ScalarText
{
    private static readonly SearchValues<char> InNumbers = SearchValues.Create("0123456789+-.eE");

    public static bool IsNull(string text) => text is "" or "~" or "null" or "Null" or "NULL";

    public static bool TryBoolean(string text, out bool value)
    {
        value = text is "true" or "True" or "TRUE";
        return value || text is "false" or "False" or "FALSE";
    }

    public static bool IsWholeNumber(string text)
    {
        var digits = text.AsSpan(text.Length > 0 && text[0] is '-' or '+' ? 1 : 0);
        return digits.Length > 0 && !digits.ContainsAnyExceptInRange('0', '9');
    }

    /// <summary>False also for a whole number that does not fit.</summary>
    public static bool TryWholeNumber(string text, out long value)
    {
        value = 0;
        return IsWholeNumber(text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Finite decimal numbers: <c>1</c>, <c>.5</c>, <c>1e-3</c>.</summary>
    public static bool TryNumber(string text, out double value)
    {
        const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        value = 0;
        return text.AsSpan().ContainsAnyInRange('0', '9') && !text.AsSpan().ContainsAnyExcept(InNumbers)
            && double.TryParse(text, Styles, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }

    public static bool IsInfinityOrNaN(string text) =>
        text.TrimStart('+', '-') is ".inf" or ".Inf" or ".INF" or ".nan" or ".NaN" or ".NAN";

    /// <summary>Whether the text, left without quotes, would be something else than a text.</summary>
    public static bool IsTyped(string text) => IsNull(text) || TryBoolean(text, out _) || TryNumber(text, out _) || IsInfinityOrNaN(text);

    public static string Describe(string text) =>
        text.Length == 0 ? "nothing"
        : IsNull(text) ? "null"
        : TryBoolean(text, out _) ? text
        : TryNumber(text, out _) || IsInfinityOrNaN(text) ? $"the number {text}"
        : $"the text {Quoted.Short(text)}";
}
