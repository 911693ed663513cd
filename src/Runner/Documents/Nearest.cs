namespace Pipelines.Runner.Documents;

/// <summary>The name a user probably meant.</summary>
public static class Nearest
{
    private const int FewOptions = 8;
    private const int MinPartLength = 3;

    // A longer name is hardly a typing error, and comparing it takes long.
    private const int MaxNameLength = 80;

    /// <summary>The option with the least edit distance, or null when none is near.</summary>
    public static string? To(string name, IEnumerable<string> options)
    {
        if (name.Length > MaxNameLength)
            return null;
        string? nearest = null;
        var least = Math.Min((name.Length + 2) / 3, name.Length - 1) + 1;
        foreach (var option in options)
            if (Math.Abs(option.Length - name.Length) < least && Distance(name, option) is var distance && distance < least)
                (nearest, least) = (option, distance);
        return nearest ?? Part(name, options);
    }

    // batch_size for batch, units for lstm_units: a word too many or too few.
    private static string? Part(string name, IEnumerable<string> options)
    {
        string[] meant = [.. options.Where(option => IsPart(name, option) || IsPart(option, name)).Take(2)];
        return meant is [var only] ? only : null;
    }

    private static bool IsPart(string whole, string part) => part.Length >= MinPartLength && whole.Length > part.Length
        && ((whole.StartsWith(part, StringComparison.OrdinalIgnoreCase) && whole[part.Length] is '_' or '-')
            || (whole.EndsWith(part, StringComparison.OrdinalIgnoreCase) && whole[^(part.Length + 1)] is '_' or '-'));

    /// <summary>
    /// Help for an unknown name: <c>did you mean 'x'?</c>, and the options where they are few; null when there is nothing to suggest.
    /// </summary>
    public static string? Help(string name, IReadOnlyCollection<string> options, string whatTheyAre)
    {
        var meant = To(name, options) is { } nearest ? $"did you mean '{nearest}'?" : null;
        var listed = options.Count is > 0 and <= FewOptions ? $"{whatTheyAre}: {string.Join(", ", options)}" : null;
        return meant is null ? listed : listed is null ? meant : $"{meant} ({listed})";
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours (optimal string alignment), letter case apart.</summary>
    internal static int Distance(string a, string b)
    {
        int[] beforeLast = new int[b.Length + 1], last = new int[b.Length + 1], current = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
            last[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replace = last[j - 1] + (Same(a[i - 1], b[j - 1]) ? 0 : 1);
                current[j] = Math.Min(replace, Math.Min(last[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                    current[j] = Math.Min(current[j], beforeLast[j - 2] + 1);
            }
            (beforeLast, last, current) = (last, current, beforeLast);
        }
        return last[b.Length];
    }

    // Dashes and underscores are often confused, and which one was meant is never in doubt: they count as equal.
    private static bool Same(char a, char b) => Folded(a) == Folded(b);

    private static char Folded(char character) => character == '-' ? '_' : char.ToLowerInvariant(character);
}

/// <summary>
/// Names to suggest for an unknown one. A file full of unknown names gets suggestions for the first ones only: each costs a look at all
/// names.
/// </summary>
internal sealed class NameOptions(IEnumerable<string> names)
{
    private const int MaxSuggestions = 50;

    private List<string>? _names;
    private int _asked;

    /// <summary>All names, or none when enough has been suggested.</summary>
    public IReadOnlyCollection<string> Next() => ++_asked <= MaxSuggestions ? _names ??= [.. names] : [];
}
