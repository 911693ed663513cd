using System.Text;
using Pipelines.Stages.Text.Unicode;

namespace Pipelines.Stages.Text;

/// <summary>Letters with accents and their bare forms, as Unicode decomposes them (Latin only); ligatures become two letters.</summary>
public static class Accents
{
    private const int TableSize = 0x2000;
    private const char FirstLetter = '\u00C0';
    private const char FirstMark = '\u0300';
    private const char LastMark = '\u036F';

    private static readonly Dictionary<char, string> Ligatures = new()
    {
        ['œ'] = "oe",
        ['Œ'] = "OE",
        ['æ'] = "ae",
        ['Æ'] = "AE",
        ['ß'] = "ss",
        ['ø'] = "o",
        ['Ø'] = "O",
        ['ł'] = "l",
        ['Ł'] = "L",
        ['đ'] = "d",
        ['Đ'] = "D",
    };

    private static readonly string?[] Bare = BareForms();

    public static bool IsAccented(char letter) => letter >= FirstLetter && letter < TableSize && Bare[letter] is not null;

    /// <summary>How many accented letters a text has; combining accents count as one each.</summary>
    public static int Count(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var letter in text)
            if (IsAccented(letter))
                count++;
        return count;
    }

    /// <summary>The text without accents: <c>Œdème aigu</c> becomes <c>OEdeme aigu</c>.</summary>
    public static string Strip(string text)
    {
        if (Count(text) == 0)
            return text;
        var bare = new StringBuilder(text.Length + 2);
        foreach (var letter in text)
            if (IsAccented(letter))
                bare.Append(Bare[letter]);
            else
                bare.Append(letter);
        return bare.ToString();
    }

    // Null where the letter is bare already; a combining accent has nothing left.
    private static string?[] BareForms()
    {
        var forms = new string?[TableSize];
        for (var letter = FirstLetter; letter < TableSize; letter++)
            if (Normalization.Nfd(letter.ToString()) is { Length: > 1 } parts && char.IsAsciiLetter(parts[0]))
                forms[letter] = parts[..1];
        foreach (var (ligature, letters) in Ligatures)
            forms[ligature] = letters;
        for (var mark = FirstMark; mark <= LastMark; mark++)
            forms[mark] = "";
        return forms;
    }
}
