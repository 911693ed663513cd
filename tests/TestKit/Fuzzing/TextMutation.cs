using System.Text;

namespace Pipelines.TestKit.Fuzzing;

/// <summary>Texts with what people, editors, merges and bad disks do to them.</summary>
public static class TextMutation
{
    private const int MaxTextLength = 1 << 20;

    private static readonly string[] Pieces =
    [
        "\t", "\n", "\r", "\r\n", "  ", "- ", ": ", "? ", ", ", "[", "]", "{", "}", "\"", "'", "#", "&a ", "*a", "!x ", "!!binary ", "<<: ",
        "---\n", "...\n", "%YAML 1.2\n",
        "|\n", ">-\n", "|9\n", "null", "~", "yes", ".nan", "-.inf", "0x1F", "0o17", "1_000", "2026-11-22", "1e9", "1e999", "-0.0",
        "9223372036854775808",
        "184467440737095516160000000000", "${", "}", "${a}", "${a:-b}", "${${a}}", "$${a}", "${matrix.x}", "${matrix.}", "${stages.a}", "@",
        "a@b=c", "@x=1,y=2", "@.", "%", "\\", "\\u0000", "\\x",
        "\0", "\u0001", "\u0085", "\u2028", "\uFEFF", "\ud800", "\udc00", "é", "e\u0301", "表", "\U0001F600", "\u202E", "ﬁ", "İ",
        "stages:", "uses: note", "extends: a", "vars:", "matrix:", "if: ", "retries: ", "timeout: ", "run: ", "cost: heavy", "with:",
        "from:", "expect:", "seed: ", "report:", "plugins:", "inputs:", "outputs:", "parameters:",
    ];

    public static string Of(string text, string other, Random random)
    {
        for (var changes = random.Next(1, 6); changes > 0; changes--)
            text = Once(text, other, random);
        return text.Length <= MaxTextLength ? text : text[..MaxTextLength];
    }

    private static string Once(string text, string other, Random random)
    {
        var at = random.Next(text.Length + 1);
        var length = Math.Min(random.Next(1, 24), text.Length - at);
        return random.Next(12) switch
        {
            0 => Flipped(text, random),
            1 => text.Remove(at, length),
            2 => text.Insert(at, text.Substring(at, length)),
            3 => text[..at],
            4 => text.Insert(random.Next(text.Length + 1), text.Substring(at, length)),
            5 => text[..at] + other[random.Next(other.Length + 1)..],
            6 => text.Insert(at, Nested(random)),
            7 => text.Insert(at, new string("ax0 -:é"[random.Next(7)], random.Next(1, 20_000))),
            8 => Lines(text, random),
            _ => text.Insert(at, Pieces[random.Next(Pieces.Length)]),
        };
    }

    private static string Flipped(string text, Random random)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length > 0)
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return Encoding.UTF8.GetString(bytes);
    }

    private static string Nested(Random random)
    {
        var (open, close) = random.Next(4) switch { 0 => ("[", "]"), 1 => ("{a: ", "}"), 2 => ("- ", ""), _ => ("${", "}") };
        var depth = random.Next(1, 3_000);
        return string.Concat(Enumerable.Repeat(open, depth)) + (random.Next(2) == 0 ? string.Concat(Enumerable.Repeat(close, depth)) : "");
    }

    // A line moved, doubled, or put deeper.
    private static string Lines(string text, Random random)
    {
        var lines = text.Split('\n').ToList();
        var (from, to) = (random.Next(lines.Count), random.Next(lines.Count));
        lines.Insert(to, new string(' ', random.Next(5)) + lines[from]);
        return string.Join('\n', lines);
    }
}
