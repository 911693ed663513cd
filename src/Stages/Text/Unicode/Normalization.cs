using System.Text;

namespace Pipelines.Stages.Text.Unicode;

/// <summary>
/// Unicode's Normalization Forms C and D (UAX #15) in linear time but for sorting. The runtime's own <c>string.Normalize</c> returns
/// every text
/// unchanged in the invariant mode this project runs in. Lone surrogates stay as they are.
/// </summary>
public static class Normalization
{
    private static readonly Lazy<bool[]> UncertainInC = new(() => Flags(CanonicalData.Shared.UncertainInC
        .Concat(Enumerable.Range(Hangul.VowelBase, Hangul.Vowels)).Concat(Enumerable.Range(Hangul.FinalBase + 1, Hangul.Finals - 1))));

    private static readonly Lazy<bool[]> ChangedInD = new(() =>
        Flags(CanonicalData.Shared.UncertainInC.Concat(CanonicalData.Shared.Decomposed)
        .Concat(Enumerable.Range(Hangul.SyllableBase, Hangul.Syllables))));

    /// <summary>Form C: <c>e</c> and a combining acute become <c>é</c>.</summary>
    public static string Nfc(string text) => IsUntouched(text, UncertainInC) ? text : TextOf(Compose(Decompose(text)));

    /// <summary>Form D: <c>é</c> becomes <c>e</c> and a combining acute.</summary>
    public static string Nfd(string text) => IsUntouched(text, ChangedInD) ? text : TextOf(Decompose(text));

    // No letter below U+00C0 has a decomposition, none below U+0300 a class: most texts are done here, at the speed of the memory.
    private static bool IsUntouched(string text, Lazy<bool[]> flags)
    {
        var first = flags == UncertainInC ? '\u0300' : '\u00C0';
        var from = text.AsSpan().IndexOfAnyExceptInRange('\0', (char)(first - 1));
        if (from < 0)
            return true;
        var flagged = flags.Value;
        for (var i = from; i < text.Length; i++)
            if (flagged[text[i]])
                return false;
        return true;
    }

    private static List<int> Decompose(string text)
    {
        var codes = new List<int>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var code = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])
                ? char.ConvertToUtf32(text[i], text[++i])
                : text[i];
            if (CanonicalData.Shared.Decomposition(code) is { } mapping)
                codes.AddRange(mapping);
            else if (!Hangul.Decompose(code, codes))
                codes.Add(code);
        }
        SortMarks(codes);
        return codes;
    }

    // Marks of one letter stand in the order of their classes; equal ones keep theirs.
    private static void SortMarks(List<int> codes)
    {
        var start = 0;
        while (start < codes.Count)
        {
            var end = start;
            var isSorted = true;
            for (var before = 0; end < codes.Count && CanonicalData.Shared.Class(codes[end]) is var mark and > 0; end++, before = mark)
                isSorted &= before <= mark;
            if (!isSorted)
                foreach (var (code, i) in codes[start..end].OrderBy(CanonicalData.Shared.Class).Select((code, i) => (code, i)).ToList())
                    codes[start + i] = code;
            start = end + 1;
        }
    }

    private static List<int> Compose(List<int> codes)
    {
        var composed = new List<int>(codes.Count);
        var starter = -1;
        var before = 0;
        foreach (var code in codes)
        {
            var mark = CanonicalData.Shared.Class(code);
            var isNext = starter == composed.Count - 1;
            if (starter >= 0 && (isNext || before < mark) && Pair(composed[starter], code) is { } one)
            {
                composed[starter] = one;
                continue;
            }
            if (mark == 0)
                starter = composed.Count;
            before = mark;
            composed.Add(code);
        }
        return composed;
    }

    private static int? Pair(int first, int second) => CanonicalData.Shared.Composition(first, second) ?? Hangul.Composition(first, second);

    private static string TextOf(List<int> codes)
    {
        var text = new StringBuilder(codes.Count);
        foreach (var code in codes)
            if (Rune.TryCreate(code, out var rune))
                text.Append(rune);
            else
                text.Append((char)code);
        return text.ToString();
    }

    // A code point beyond the first plane flags the first half of its pair.
    private static bool[] Flags(IEnumerable<int> codes)
    {
        var flags = new bool[char.MaxValue + 1];
        foreach (var code in codes)
            flags[code <= char.MaxValue ? code : char.ConvertFromUtf32(code)[0]] = true;
        return flags;
    }
}
