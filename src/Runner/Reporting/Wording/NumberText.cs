using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Pipelines.Runner.Execution;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Wording;

/// <summary>Numbers as a reader of the language writes them: <c>181 763</c> and <c>81,5 %</c>, or <c>181,763</c> and
/// <c>81.5%</c>.</summary>
internal sealed partial class NumberText(string language)
{
    private const string Missing = "–";
    private const double MinShare = 0.0005;

    // What is left of 0 after rounding.
    private const double Nothing = 1e-12;
    private const double LeastDecimal = 0.0005;
    private const double MinPValue = 0.001;

    private readonly bool _isFrench = language == "fr";
    private readonly NumberFormatInfo _format = language == "fr"
        ? new() { NumberDecimalSeparator = ",", NumberGroupSeparator = $"{Typography.NarrowSpace}", NegativeSign = "−" }
        : new() { NegativeSign = "−" };

    /// <param name="value">A string, bool, long, double or null.</param>
    public string Of(object? value, ValueFormat format = ValueFormat.Auto) => value switch
    {
        null => Missing,
        bool truth => truth ? "✓" : "✗",
        long whole => Number(whole, format),
        int whole => Number(whole, format),
        double number => Number(number, format),
        string text when format == ValueFormat.Scores => Score().Replace(text, _format.NumberDecimalSeparator),
        _ => (string)value,
    };

    /// <summary>For numbers that are read beside each other: with as many decimals as tell those apart that differ.</summary>
    public NumberStyle Apart(ValueFormat format, IEnumerable<double> numbers)
    {
        var all = numbers.ToList();
        // « 1 » beside « 1,000 » would look like the same number twice.
        if (format == ValueFormat.Auto && all.Exists(number => number != Math.Floor(number)))
            format = ValueFormat.Decimal;
        return new(format, TellingApart.Decimals(all, (number, more) => Number(number, format, more)));
    }

    public string Of(double value, NumberStyle style) => Number(value, style.Format, style.More);

    /// <summary><c>88,3 – 92,2 %</c>: the unit once, and another sign between numbers that may have one of their own.</summary>
    public string Interval(double low, double high, NumberStyle style)
    {
        var (first, second) = (Of(low, style), Of(high, style));
        var unit = second.LastIndexOf(Typography.NarrowSpace) is > 0 and var space && !char.IsDigit(second[^1]) ? second[space..]
            : second.EndsWith('%') ? "%" : "";
        first = unit.Length > 0 && first.EndsWith(unit, StringComparison.Ordinal) ? first[..^unit.Length] : first;
        return style.Format == ValueFormat.Points || low < 0 ? $"{first} … {second}" : $"{first} – {second}";
    }

    public string Whole(double value) => value.ToString("N0", _format);

    /// <summary>A share too small to show is not shown as none.</summary>
    public string Percent(double share, int decimals = 1) =>
        share > Nothing && decimals > 0 && share < MinShare * Math.Pow(10, 1 - decimals)
        ? "< " + Percent(2 * MinShare * Math.Pow(10, 1 - decimals), decimals)
        : (share * 100).ToString($"N{decimals}", _format) + (_isFrench ? $"{Typography.NarrowSpace}%" : "%");

    /// <summary>Percentage points, <c>+1,4 pt</c>: a difference of 50 % and 51.4 % is not 1.4 %.</summary>
    public string Points(double difference, int decimals = 1)
    {
        var points = (Math.Abs(difference) * 100).ToString($"N{decimals}", _format);
        var isNone = points.All(sign => !char.IsDigit(sign) || sign == '0');
        return (isNone ? "" : difference < 0 ? "−" : "+") + points + $"{Typography.NarrowSpace}pt";
    }

    /// <summary>With the decimals it has: <c>0,1</c>.</summary>
    public string Short(double value) => value.ToString("0.###############", _format);

    public string Decimal(double value, int decimals = 3) => value.ToString($"N{decimals}", _format);

    /// <summary>Sign always shown: <c>+0,88</c>.</summary>
    public string Signed(double value) => (value < 0 ? "−" : "+") + Decimal(Math.Abs(value), 2);

    /// <summary><c>0,4 s</c>, <c>41 s</c>, <c>3 min 12 s</c>, <c>2 h 05 min</c>.</summary>
    public string Duration(TimeSpan time)
    {
        var space = Typography.NarrowSpace;
        if (time.TotalSeconds < 10)
            return Decimal(time.TotalSeconds, time.TotalSeconds < 0.995 ? 2 : 1) + space + "s";
        var seconds = (long)Math.Round(time.TotalSeconds);
        if (seconds < 60)
            return $"{seconds}{space}s";
        return seconds < 3600
            ? string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}{space}min {seconds % 60:00}{space}s")
            : string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600}{space}h {seconds / 60 % 60:00}{space}min");
    }

    /// <summary>In millions of bytes, without the unit.</summary>
    public string Megabytes(long bytes) => Whole(bytes / 1e6);

    /// <summary>A label of an axis: no more digits than its neighbours need.</summary>
    public string Tick(double value, double step, ValueFormat format)
    {
        var shown = format is ValueFormat.Percent or ValueFormat.Points ? step * 100 : step;
        var decimals = Math.Clamp((int)Math.Ceiling(-Math.Log10(shown) - 1e-9), 0, 6);
        if (format == ValueFormat.Points)
            return Points(value, decimals);
        return format == ValueFormat.Percent ? Percent(value, decimals) : Decimal(value, decimals);
    }

    private string Number(double value, ValueFormat format, int more = 0)
    {
        if (!double.IsFinite(value))
            return double.IsNaN(value) ? Missing : value > 0 ? "∞" : "−∞";
        return format switch
        {
            ValueFormat.Integer => Decimal(value, more),
            ValueFormat.Percent => Percent(value, 1 + more),
            ValueFormat.Points => Points(value, 1 + more),
            ValueFormat.Seconds => Duration(TimeSpan.FromSeconds(value)),
            ValueFormat.Decimal => Precise(value, more),
            ValueFormat.PValue => value < MinPValue ? "< " + Decimal(MinPValue) : Decimal(value),
            ValueFormat.Code when value == Math.Floor(value) => value.ToString("0", _format),
            ValueFormat.Auto or ValueFormat.Code or ValueFormat.Check or ValueFormat.Scores =>
                value == Math.Floor(value) && Math.Abs(value) < 1e15 ? Whole(value) : Precise(value, more),
            _ => throw new UnreachableException(),
        };
    }

    // Three decimals would print a learning rate as zero.
    private string Precise(double value, int more)
    {
        if (value == 0 || Math.Abs(value) >= LeastDecimal)
            return Decimal(value, 3 + more);
        var exponent = (int)Math.Floor(Math.Log10(Math.Abs(value)));
        var digits = exponent.ToString(CultureInfo.InvariantCulture)[1..].Select(digit => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0']);
        return $"{(value / Math.Pow(10, exponent)).ToString("0.##" + new string('#', more), _format)}·10⁻{string.Concat(digits)}";
    }

    // The point of a signed number in parentheses.
    [GeneratedRegex(@"(?<=\([+−][0-9]+)\.(?=[0-9]+\))")]
    private static partial Regex Score();
}
