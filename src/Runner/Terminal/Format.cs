using System.Globalization;
using Pipelines.Runner.Documents;
using Pipelines.Runner.Execution;

namespace Pipelines.Runner.Terminal;

/// <summary>Numbers as people read them, the same in every culture.</summary>
internal static class Format
{
    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Count(long value, string one) => $"{Count(value)} {one}{(value == 1 ? "" : "s")}";

    /// <summary><c>812 B</c>, <c>4.1 KB</c>, <c>1.3 GB</c>, in powers of a thousand.</summary>
    public static string Bytes(long bytes)
    {
        string[] units = ["B", "KB", "MB", "GB", "TB"];
        double value = bytes;
        var unit = 0;
        for (; value >= 999.5 && unit < units.Length - 1; unit++)
            value /= 1000;
        return string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {units[unit]}");
    }

    /// <summary><c>0.02 s</c>, <c>41 s</c>, <c>3 min 05 s</c>, <c>2 h 10 min</c>.</summary>
    public static string Duration(TimeSpan time) => time.TotalSeconds switch
    {
        < 9.95 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0#} s"),
        < 59.5 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s"),
        < 3599.5 => Minutes((int)Math.Round(time.TotalSeconds)),
        _ => Hours((int)Math.Round(time.TotalMinutes)),
    };

    /// <summary>Of a guess: <c>5 s</c>, never 0, and no tenths.</summary>
    public static string WholeSeconds(TimeSpan time) =>
        time.TotalSeconds < 9
            ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, (int)Math.Ceiling(time.TotalSeconds))} s")
            : Duration(TimeSpan.FromSeconds(Math.Ceiling(time.TotalSeconds)));

    private static string Minutes(int seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60} min {seconds % 60:00} s");

    private static string Hours(int minutes) => string.Create(CultureInfo.InvariantCulture, $"{minutes / 60} h {minutes % 60:00} min");

    /// <summary>Four decimals, fewer where they say nothing, and <c>7.6e-6</c> where they would say zero.</summary>
    /// <param name="more">Decimals beyond these, from <see cref="Apart"/>.</param>
    public static string Number(double value, int more = 0)
    {
        var digits = new string('#', more);
        var format = Math.Abs(value) switch { >= 1000 or 0 => "#,0.##", < 0.00005 => "0.##", _ => "0.####" } + digits;
        return value.ToString(Math.Abs(value) is > 0 and < 0.00005 ? format + "e-0" : format, CultureInfo.InvariantCulture);
    }

    /// <summary>How many more decimals tell numbers apart that are read beside each other.</summary>
    public static int Apart(params double?[] numbers) => TellingApart.Decimals(numbers.OfType<double>(), Number);

    /// <summary><c>99.6 %</c>; never all or nothing where it is not.</summary>
    public static string Percent(double share) => share switch
    {
        > 0.9995 and < 1 => "> 99.9 %",
        > 0 and < 0.0005 => "< 0.1 %",
        _ => share.ToString("0.0 %", CultureInfo.InvariantCulture),
    };

    /// <summary>Cut to a width, with an ellipsis.</summary>
    public static string Cut(string text, int width) =>
        text.Length <= width ? text : string.Concat(text.AsSpan(0, Math.Max(0, width - 1)), "…");

    /// <summary>On one line: line ends and other characters that do something to a terminal shown as blanks.</summary>
    public static string OneLine(string text) =>
        text.Any(Quoted.IsUnsafe) ? string.Concat(text.Select(c => Quoted.IsUnsafe(c) ? ' ' : c)) : text;
}
