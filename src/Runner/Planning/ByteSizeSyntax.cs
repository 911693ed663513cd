using System.Globalization;

namespace Pipelines.Runner.Planning;

/// <summary>
/// A number of bytes as people write it: <c>2GB</c>, <c>1.5 MB</c>, <c>0</c>; in powers of a thousand, as sizes are shown.
/// </summary>
internal static class ByteSizeSyntax
{
    private static readonly string[] Units = ["TB", "GB", "MB", "KB", "B"];

    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        var unit = Array.FindIndex(Units, unit => text.EndsWith(unit, StringComparison.OrdinalIgnoreCase));
        var digits = unit < 0 ? text : text[..^Units[unit].Length];
        const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;
        if (!double.TryParse(digits, Style, CultureInfo.InvariantCulture, out var number))
            return false;
        var value = number * Math.Pow(1000, unit < 0 ? 0 : Units.Length - 1 - unit);
        if (value > 1e18)
            return false;
        bytes = (long)value;
        return true;
    }

    /// <summary>In the largest unit that gives a short number: <c>8GB</c>, <c>1.5MB</c>.</summary>
    public static string Of(long bytes)
    {
        for (var unit = 0; unit < Units.Length - 1; unit++)
            if (bytes / Math.Pow(1000, Units.Length - 1 - unit) is >= 1 and var number && number * 10 % 1 == 0)
                return Canonical.Number(number) + Units[unit];
        return FormattableString.Invariant($"{bytes}B");
    }
}
