using System.Globalization;

namespace Pipelines.Runner.Documents;

/// <summary>
/// What a plain scalar means by YAML 1.2 (core schema, decimal numbers only): <c>yes</c>, <c>on</c> and <c>0x1F</c> are texts.
/// </summary>
public static class CoreSchema
{
    public static bool IsNull(string text) => text is "" or "~" or "null" or "Null" or "NULL";

    public static bool TryBoolean(string text, out bool value)
    {
        value = text is "true" or "True" or "TRUE";
        return value || text is "false" or "False" or "FALSE";
    }

    public static bool IsWholeNumber(string text)
    {
        var start = text.Length > 0 && text[0] is '-' or '+' ? 1 : 0;
        for (var i = start; i < text.Length; i++)
            if (!char.IsAsciiDigit(text[i]))
                return false;
        return text.Length > start;
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
        return CanBeNumber(text) && double.TryParse(text, Styles, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }

    // Plain loops here: vectorised searches are compiled anew in every process, which costs more than they save on short texts.
    private static bool CanBeNumber(string text)
    {
        var hasDigit = false;
        foreach (var character in text)
        {
            if (!char.IsAsciiDigit(character) && character is not ('+' or '-' or '.' or 'e' or 'E'))
                return false;
            hasDigit |= char.IsAsciiDigit(character);
        }
        return hasDigit;
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
