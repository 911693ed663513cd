using System.Runtime.InteropServices;
using System.Text;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Text.Lemmas;

/// <summary>
/// Base forms from a Hunspell affix dictionary. Of several a word keeps itself when it is one of them, else takes the one that shares most
/// letters at the start (<c>lésions</c>: lésion, not léser), then the shortest, then the first in code point order; this is repeated
/// until nothing changes, so the lemma of a lemma is itself.
/// </summary>
internal sealed class HunspellLemmas : ILemmaSource
{
    private const string Folder = "/usr/share/hunspell";

    private readonly HunspellLibrary.Dictionary _dictionary;
    private readonly Encoding _encoding;

    private HunspellLemmas(HunspellLibrary.Dictionary dictionary, Encoding encoding)
    {
        _dictionary = dictionary;
        _encoding = encoding;
    }

    /// <exception cref="StageException">Library or dictionary are not installed.</exception>
    public static HunspellLemmas Open(LemmaLanguage language)
    {
        CheckInstalled(language);
        try
        {
            var dictionary = HunspellLibrary.Create(PathOf(language, "aff"), PathOf(language, "dic"));
            var encoding = Marshal.PtrToStringUTF8(HunspellLibrary.Encoding(dictionary))!;
            return new(dictionary, Encoding.GetEncoding(encoding.Replace("ISO8859", "ISO-8859", StringComparison.OrdinalIgnoreCase)));
        }
        catch (DllNotFoundException)
        {
            throw new StageException("The library libhunspell-1.7 is not installed.") { Help = $"apt-get install {HunspellLibrary.Package}" };
        }
    }

    /// <summary>Identifies the content of the dictionary, which can differ between machines.</summary>
    /// <exception cref="StageException">The dictionary is not installed.</exception>
    public static string Fingerprint(LemmaLanguage language)
    {
        CheckInstalled(language);
        byte[] content = [.. File.ReadAllBytes(PathOf(language, "aff")), .. File.ReadAllBytes(PathOf(language, "dic"))];
        return ContentHash.Of(content).Hex;
    }

    public string? Find(string word)
    {
        if (Choose(word) is not { } lemma)
            return null;
        List<string> seen = [word];
        while (!seen.Contains(lemma))
        {
            seen.Add(lemma);
            lemma = Choose(lemma) ?? lemma;
        }
        return Best(seen[seen.IndexOf(lemma)..], "");
    }

    // Lower case first: a sentence's first word is not a name. The word as written second: Parkinson.
    private string? Choose(string word)
    {
        var lower = word.ToLowerInvariant();
        var stems = Stems(lower);
        if (stems.Count == 0)
            stems = Stems(word);
        return stems.Count == 0 ? null : stems.Contains(lower) ? lower : stems.Contains(word) ? word : Best(stems, lower);
    }

    private static string Best(IEnumerable<string> forms, string word) => forms
        .OrderByDescending(form => form.AsSpan().CommonPrefixLength(word))
        .ThenBy(form => form.Length)
        .ThenBy(form => form, StringComparer.Ordinal)
        .First();

    private List<string> Stems(string word)
    {
        var count = HunspellLibrary.Stem(_dictionary, out var list, [.. _encoding.GetBytes(word), 0]);
        var stems = new List<string>(count);
        for (var i = 0; i < count; i++)
            if (Read(Marshal.ReadIntPtr(list, i * nint.Size)) is var stem && !LosesPrefix(word, stem))
                stems.Add(stem);
        HunspellLibrary.FreeList(_dictionary, ref list, count);
        return stems;
    }

    // Dictionaries build words from prefixes as well (disease = dis + ease), but another prefix is another meaning.
    private static bool LosesPrefix(string word, string stem) => word.IndexOf(stem, StringComparison.OrdinalIgnoreCase) > 0;

    private string Read(nint text)
    {
        var length = 0;
        while (Marshal.ReadByte(text, length) != 0)
            length++;
        var bytes = new byte[length];
        Marshal.Copy(text, bytes, 0, length);
        return _encoding.GetString(bytes).Replace('\u2019', '\'');
    }

    private static void CheckInstalled(LemmaLanguage language)
    {
        if (!File.Exists(PathOf(language, "dic")) || !File.Exists(PathOf(language, "aff")))
            throw new StageException($"The Hunspell dictionary {PathOf(language, "dic")} is not installed.")
            {
                Help = $"apt-get install {(language == LemmaLanguage.Fr ? "hunspell-fr-classical" : "hunspell-en-us")}",
                Parameter = "language",
            };
    }

    private static string PathOf(LemmaLanguage language, string extension) =>
        Path.Combine(Folder, $"{(language == LemmaLanguage.Fr ? "fr" : "en_US")}.{extension}");
}
