using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Scriban.Functions;

/// <summary>Prints and parses dates by patterns such as <c>%Y-%m-%d</c>.</summary>
internal static class DatePattern
{
    private static readonly Dictionary<char, string> s_formats = new()
    {
        ['a'] = "ddd",
        ['A'] = "dddd",
        ['b'] = "MMM",
        ['B'] = "MMMM",
        ['c'] = "ddd MMM dd HH:mm:ss yyyy",
        ['d'] = "dd",
        ['D'] = "MM/dd/yy",
        ['F'] = "yyyy-MM-dd",
        ['h'] = "MMM",
        ['H'] = "HH",
        ['I'] = "hh",
        ['L'] = "fff",
        ['m'] = "MM",
        ['M'] = "mm",
        ['N'] = "fffffff00",
        ['p'] = "tt",
        ['r'] = "hh:mm:ss tt",
        ['R'] = "HH:mm",
        ['S'] = "ss",
        ['T'] = "HH:mm:ss",
        ['x'] = "d",
        ['X'] = "T",
        ['y'] = "yy",
        ['Y'] = "yyyy",
        ['Z'] = "zzz",
    };

    private static readonly Dictionary<char, string> s_padded = new() { ['e'] = "%d", ['k'] = "%H", ['l'] = "%h" };

    public static string Print(DateTime date, string pattern, CultureInfo culture)
    {
        var printed = new StringBuilder();
        foreach (var (letter, text) in Split(pattern))
        {
            if (letter == 'g')
            {
                culture = CultureInfo.InvariantCulture;
                continue;
            }

            printed.Append(letter == '\0' ? text : Field(date, letter, culture) ?? text);
        }

        return printed.ToString();
    }

    public static DateTime? Parse(string? text, string? pattern, CultureInfo culture)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var format = pattern is null ? null : ToDotNet(pattern, ref culture);
        if (Regex.IsMatch(text, @"\+\d|[zZ]\s*$"))
        {
            var found = format is null
                ? DateTimeOffset.TryParse(text, culture, DateTimeStyles.None, out var moment)
                : DateTimeOffset.TryParseExact(text, format, culture, DateTimeStyles.None, out moment);
            return found ? moment.LocalDateTime : default;
        }

        var read = format is null
            ? DateTime.TryParse(text, culture, DateTimeStyles.AssumeLocal, out var date)
            : DateTime.TryParseExact(text, format, culture, DateTimeStyles.AssumeLocal, out date);
        return read ? date : default;
    }

    /// <summary>The letters behind percent signs, and the texts between them with a NUL for letter.</summary>
    private static IEnumerable<(char Letter, string Text)> Split(string pattern)
    {
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '%' && i + 1 < pattern.Length)
            {
                i++;
                yield return (pattern[i], "%" + pattern[i]);
            }
            else
            {
                yield return ('\0', pattern[i].ToString());
            }
        }
    }

    private static string? Field(DateTime date, char letter, CultureInfo culture)
    {
        if (s_formats.TryGetValue(letter, out var format))
        {
            return date.ToString(format, culture);
        }

        if (s_padded.TryGetValue(letter, out format))
        {
            return date.ToString(format, culture).PadLeft(2);
        }

        var calendar = culture.Calendar;
        var rule = culture.DateTimeFormat.CalendarWeekRule;
        return letter switch
        {
            'C' => (date.Year / 100).ToString("D2", culture),
            'j' => date.DayOfYear.ToString("D3", culture),
            'n' => "\n",
            'P' => date.ToString("tt", culture).ToLowerInvariant(),
            's' => ((date.ToUniversalTime().Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond).ToString(culture),
            't' => "\t",
            'u' => (date.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)date.DayOfWeek).ToString(culture),
            'U' => calendar.GetWeekOfYear(date, rule, DayOfWeek.Sunday).ToString("D2", culture),
            'v' => date.ToString("%d", CultureInfo.InvariantCulture).PadLeft(2) + date.ToString("-MMM-yyyy", CultureInfo.InvariantCulture).ToUpperInvariant(),
            'V' => calendar.GetWeekOfYear(date, CalendarWeekRule.FirstFourDayWeek, DayOfWeek.Monday).ToString("D2", culture),
            'W' => calendar.GetWeekOfYear(date, rule, DayOfWeek.Monday).ToString("D2", culture),
            'w' => ((int)date.DayOfWeek).ToString(culture),
            '%' => "%",
            _ => null,
        };
    }

    private static string ToDotNet(string pattern, ref CultureInfo culture)
    {
        var format = new StringBuilder();
        foreach (var (letter, text) in Split(pattern))
        {
            if (letter == 'g')
            {
                culture = CultureInfo.InvariantCulture;
            }
            else if (letter != '\0' && Field(DateTime.UnixEpoch, letter, culture) is not null && !s_formats.ContainsKey(letter) && !s_padded.ContainsKey(letter))
            {
                throw new ArgumentException($"The pattern %{letter} is not supported for the parse method", nameof(pattern));
            }
            else
            {
                format.Append(s_formats.GetValueOrDefault(letter) ?? s_padded.GetValueOrDefault(letter) ?? text);
            }
        }

        return format.ToString();
    }
}
