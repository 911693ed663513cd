namespace Pipelines.Stages.Text.Lemmas;

/// <summary>
/// Snowball's French stemmer (snowballstem.org/algorithms/french/stemmer.html, as of Snowball 3): installed libstemmers are often older
/// and stem differently. While a word is stemmed, capitals mark <c>u i y</c> that count as consonants, <c>He Hi</c> stand for <c>ë ï</c>.
/// </summary>
internal sealed class FrenchStemmer
{
    private const string Vowels = "aeiouyâàëéêèïîôûù";

    private static readonly string[] StandardSuffixes =
    [
        "ance", "iqUe", "isme", "able", "iste", "eux", "ances", "iqUes", "ismes", "ables", "istes", "atrice", "ateur", "ation", "atrices",
        "ateurs", "ations", "logie", "logies", "usion", "ution", "usions", "utions", "ence", "ences", "ement", "ements", "ité", "ités",
        "if", "ive", "ifs", "ives", "eaux", "aux", "oux", "euse", "euses", "issement", "issements", "amment", "emment", "ment", "ments",
    ];

    private static readonly string[] IVerbSuffixes =
    [
        "îmes", "ît", "îtes", "i", "ie", "ies", "ir", "ira", "irai", "iraIent", "irais", "irait", "iras", "irent", "irez", "iriez",
        "irions", "irons", "iront", "is", "issaIent", "issais", "issait", "issant", "issante", "issantes", "issants", "isse", "issent",
        "isses", "issez", "issiez", "issions", "issons", "it",
    ];

    private static readonly string[] VerbSuffixes =
    [
        "ions", "é", "ée", "ées", "és", "èrent", "er", "era", "erai", "eraIent", "erais", "erait", "eras", "erez", "eriez", "erions",
        "erons", "eront", "ez", "iez", "âmes", "ât", "âtes", "a", "ai", "aIent", "ait", "ant", "ante", "antes", "ants", "as", "asse",
        "assent", "asses", "assiez", "assions", "ais", "aise", "aises", "eais",
    ];

    private static readonly string[] AfterEment = ["iv", "eus", "abl", "iqU", "ièr", "Ièr"];
    private static readonly string[] AfterIte = ["abil", "ic", "iv"];
    private static readonly string[] ResidualSuffixes = ["ion", "ier", "ière", "Ier", "Ière", "e"];
    private static readonly string[] Doubles = ["enn", "onn", "ett", "ell", "eill"];

    private readonly FrenchRegions _regions;
    private string _word;

    private FrenchStemmer(string word)
    {
        _word = FrenchMarks.Set(word);
        _regions = FrenchRegions.Of(_word);
    }

    /// <param name="word">In lower case.</param>
    public static string Stem(string word) => new FrenchStemmer(FrenchMarks.WithoutElision(word)).Run();

    internal static bool IsVowel(char letter) => Vowels.Contains(letter, StringComparison.Ordinal);

    private string Run()
    {
        if (StandardSuffix() || IVerbSuffix() || VerbSuffix())
            _word = _word.EndsWith('Y') ? _word[..^1] + "i" : _word.EndsWith('ç') ? _word[..^1] + "c" : _word;
        else
            ResidualSuffix();
        if (Longest(Doubles) is not null)
            _word = _word[..^1];
        RemoveAccent();
        return FrenchMarks.Remove(_word);
    }

    private bool StandardSuffix() => Longest(StandardSuffixes) is { } suffix && suffix switch
    {
        "atrice" or "ateur" or "ation" or "atrices" or "ateurs" or "ations" => DeleteInR2(suffix) && Try(ShortenIc),
        "logie" or "logies" => InR2(suffix) && Replace(suffix, "log"),
        "usion" or "ution" or "usions" or "utions" => InR2(suffix) && Replace(suffix, "u"),
        "ence" or "ences" => InR2(suffix) && Replace(suffix, "ent"),
        "ement" or "ements" => InV(suffix) && Delete(suffix) && Try(ShortenBeforeEment),
        "ité" or "ités" => DeleteInR2(suffix) && Try(ShortenBeforeIte),
        "if" or "ive" or "ifs" or "ives" => DeleteInR2(suffix) && Try(() => EndsWith("at") && DeleteInR2("at") && ShortenIc()),
        "eaux" => Replace(suffix, "eau"),
        "aux" => InR1(suffix) && Replace(suffix, "al"),
        "oux" => Before(suffix) is 'b' or 'h' or 'j' or 'l' or 'n' or 'p' && Replace(suffix, "ou"),
        "euse" or "euses" => DeleteInR2(suffix) || (InR1(suffix) && Replace(suffix, "eux")),
        "issement" or "issements" => InR1(suffix) && Before(suffix) is { } letter && !IsVowel(letter) && Delete(suffix),
        "amment" => ThenGoOn(InV(suffix) && Replace(suffix, "ant")),
        "emment" => ThenGoOn(InV(suffix) && Replace(suffix, "ent")),
        "ment" or "ments" => ThenGoOn(Before(suffix) is { } letter && IsVowel(letter) && Start(suffix) - 1 >= _regions.V && Delete(suffix)),
        _ => DeleteInR2(suffix),
    };

    private bool ShortenIc() => EndsWith("ic") && (DeleteInR2("ic") || Replace("ic", "iqU"));

    private bool ShortenBeforeEment() => Longest(AfterEment) is { } suffix && suffix switch
    {
        "iv" => DeleteInR2(suffix) && EndsWith("at") && DeleteInR2("at"),
        "eus" => DeleteInR2(suffix) || (InR1(suffix) && Replace(suffix, "eux")),
        "abl" or "iqU" => DeleteInR2(suffix),
        _ => InV(suffix) && Replace(suffix, "i"),
    };

    private bool ShortenBeforeIte() => Longest(AfterIte) is { } suffix && suffix switch
    {
        "abil" => DeleteInR2(suffix) || Replace(suffix, "abl"),
        "ic" => ShortenIc(),
        _ => DeleteInR2(suffix),
    };

    private bool IVerbSuffix() => Longest(IVerbSuffixes, _regions.V) is { } suffix
        && Start(suffix) > _regions.V && Before(suffix) is { } letter && letter != 'H' && !IsVowel(letter) && Delete(suffix);

    private bool VerbSuffix()
    {
        if (Longest(VerbSuffixes, _regions.V) is not { } suffix)
            return false;
        if (suffix == "ions")
            return DeleteInR2(suffix);
        if (suffix is "ais" or "aise" or "aises")
            return !KeepsAis(_word[..Start(suffix)]) && Delete(suffix);
        Delete(suffix);
        if (suffix[0] is 'a' or 'â' && EndsWith("e") && InV("e"))
            Delete("e");
        return true;
    }

    // balais, calais, palais; mauvais; déplais.
    private static bool KeepsAis(string stem) => (stem.Length == 3 && stem.EndsWith("al", StringComparison.Ordinal))
        || stem.EndsWith("auv", StringComparison.Ordinal) || stem.EndsWith("épl", StringComparison.Ordinal);

    private void ResidualSuffix()
    {
        if (EndsWith("s") && (EndsWith("His") || (Before("s") is { } letter && !"aiouès".Contains(letter, StringComparison.Ordinal))))
            Delete("s");
        if (Longest(ResidualSuffixes, _regions.V) is not { } suffix)
            return;
        if (suffix == "e")
            Delete(suffix);
        else if (suffix != "ion")
            Replace(suffix, "i");
        else if (InR2(suffix) && Start(suffix) > _regions.V && Before(suffix) is 's' or 't')
            Delete(suffix);
    }

    private void RemoveAccent()
    {
        var last = _word.Length - 1;
        while (last >= 0 && !IsVowel(_word[last]))
            last--;
        if (last >= 0 && last < _word.Length - 1 && _word[last] is 'é' or 'è')
            _word = $"{_word[..last]}e{_word[(last + 1)..]}";
    }

    /// <summary>The longest of the suffixes that starts at or after a place.</summary>
    private string? Longest(string[] suffixes, int from = 0)
    {
        string? longest = null;
        foreach (var suffix in suffixes)
            if (suffix.Length > (longest?.Length ?? 0) && Start(suffix) >= from && EndsWith(suffix))
                longest = suffix;
        return longest;
    }

    private bool EndsWith(string suffix) => _word.EndsWith(suffix, StringComparison.Ordinal);

    private int Start(string suffix) => _word.Length - suffix.Length;

    private char? Before(string suffix) => Start(suffix) > 0 ? _word[Start(suffix) - 1] : null;

    private bool InV(string suffix) => Start(suffix) >= _regions.V;

    private bool InR1(string suffix) => Start(suffix) >= _regions.R1;

    private bool InR2(string suffix) => Start(suffix) >= _regions.R2;

    private bool DeleteInR2(string suffix) => InR2(suffix) && Delete(suffix);

    private bool Delete(string suffix) => Replace(suffix, "");

    private bool Replace(string suffix, string by)
    {
        _word = _word[..Start(suffix)] + by;
        return true;
    }

    // An optional step: the suffix that was removed before stays removed, whether this step applies or not.
    private static bool Try(Func<bool> step)
    {
        step();
        return true;
    }

    // The rules for -ment hand on to the verb suffixes whatever they did.
    private static bool ThenGoOn(bool _) => false;
}
