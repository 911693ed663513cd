using System.Runtime.InteropServices;
using System.Text;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Text.Lemmas;

/// <summary>A Hunspell dictionary as Debian installs it: words and the affixes they take.</summary>
internal sealed class HunspellDictionary
{
    private const string Folder = "/usr/share/hunspell";

    private readonly HunspellLibrary.Dictionary _dictionary;
    private readonly Encoding _encoding;

    private HunspellDictionary(HunspellLibrary.Dictionary dictionary, Encoding encoding)
    {
        _dictionary = dictionary;
        _encoding = encoding;
    }

    /// <exception cref="StageException">Library or dictionary are not installed.</exception>
    public static HunspellDictionary Open(LemmaLanguage language)
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
            throw new StageException(
                "The library libhunspell-1.7 is not installed.")
            { Help = $"apt-get install {HunspellLibrary.Package}" };
        }
    }

    /// <summary>Both files, whose content can differ between machines.</summary>
    /// <exception cref="StageException">The dictionary is not installed.</exception>
    public static byte[] Content(LemmaLanguage language)
    {
        CheckInstalled(language);
        return [.. File.ReadAllBytes(PathOf(language, "aff")), .. File.ReadAllBytes(PathOf(language, "dic"))];
    }

    /// <summary>The words that a form is made of by one of the dictionary's affixes, itself among them where it is one.</summary>
    public IReadOnlyList<string> Stems(string word)
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
