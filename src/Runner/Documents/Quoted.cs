namespace Pipelines.Runner.Documents;

/// <summary>Texts of the user inside a message: in quotes, on one line, not too long.</summary>
public static class Quoted
{
    private const int MaxLength = 60;

    public static string Short(string text)
    {
        var shown = text.Length > MaxLength ? text[..(MaxLength - 1)] + "…" : text;
        return $"'{Visible(shown)}'";
    }

    /// <summary>
    /// Control characters would move the cursor or colour the terminal, and some turn the order of what follows: each becomes a
    /// replacement character.
    /// </summary>
    public static string Visible(ReadOnlySpan<char> text)
    {
        var visible = text.ToString();
        foreach (var character in visible)
            if (IsUnsafe(character))
                return string.Concat(visible.Select(c => c is '\t' or '\n' ? ' ' : IsUnsafe(c) ? '\uFFFD' : c));
        return visible;
    }

    /// <summary>Not to be shown as it is: it does something to the terminal, or to the order of other characters.</summary>
    public static bool IsUnsafe(char character) =>
        char.IsControl(character) || character is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u2028' or '\u2029';

    /// <summary><c>a</c>, <c>a and b</c>, <c>a, b and c</c>.</summary>
    public static string List(IEnumerable<string> names, string last = "and")
    {
        var all = names.ToList();
        return all.Count < 2 ? string.Concat(all) : $"{string.Join(", ", all.Take(all.Count - 1))} {last} {all[^1]}";
    }
}
