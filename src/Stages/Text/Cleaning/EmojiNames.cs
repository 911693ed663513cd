using System.Globalization;
using System.Text;

namespace Pipelines.Stages.Text.Cleaning;

/// <summary>Finds emojis in a text and names them as Unicode does; of a joined emoji every part is named.</summary>
internal static class EmojiNames
{
    private const int RegionalA = 0x1F1E6;
    private const int RegionalZ = 0x1F1FF;

    private static readonly Lazy<Dictionary<int, string>> Names = new(Read);

    /// <param name="nameOf">What stands in the place of an emoji of this name.</param>
    public static string Replace(string text, Func<string, string> nameOf)
    {
        if (Ascii.IsValid(text))
            return text;
        var result = new StringBuilder(text.Length);
        var flag = -1;
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is >= RegionalA and <= RegionalZ)
            {
                var letter = rune.Value - RegionalA;
                if (flag >= 0)
                    result.Append(nameOf($"flag_{(char)('a' + flag)}{(char)('a' + letter)}"));
                flag = flag >= 0 ? -1 : letter;
            }
            else if (Names.Value.TryGetValue(rune.Value, out var name))
                result.Append(nameOf(name));
            else if (!IsPart(rune.Value))
                result.Append(rune.ToString());
        }
        return result.ToString();
    }

    // Joiner, variation selectors, keycap and skin tones only change the emoji before them.
    private static bool IsPart(int code) => code is 0x200D or 0xFE0E or 0xFE0F or 0x20E3 or (>= 0x1F3FB and <= 0x1F3FF);

    private static Dictionary<int, string> Read()
    {
        using var file = typeof(EmojiNames).Assembly.GetManifestResourceStream("emojis.txt")!;
        using var reader = new StreamReader(file);
        var names = new Dictionary<int, string>();
        while (reader.ReadLine() is { } line)
            if (line[0] != '#' && line.IndexOf(' ', StringComparison.Ordinal) is var space)
                names.Add(int.Parse(line.AsSpan(0, space), NumberStyles.HexNumber, CultureInfo.InvariantCulture), line[(space + 1)..]);
        return names;
    }
}
