namespace Pipelines.Stages.Text.Lemmas;

/// <summary>
/// English base forms: a list made from WordNet (<c>english.txt</c>) first, with the reading of a form that is most frequent in its
/// tagged texts; then WordNet's own
/// rules of inflection, where the list or the spelling dictionary has the word they lead to. Words of grammar stay, a rule never leaves
/// less than half of a word, and
/// the lemma of a lemma is itself.
/// </summary>
/// <param name="spelling">Knows rarer words; its other affixes are no inflections (<c>things</c> from <c>the</c>) and are not used.</param>
internal sealed class EnglishLemmas(HunspellDictionary spelling) : ILemmaSource
{
    private const string Possessive = "'s";
    private const char Adjective = 'a';

    // Of nouns, verbs and adjectives; english.py has the same, in the same order.
    private static readonly (char Part, string Ending, string By)[] Rules =
    [
        ('n', "s", ""), ('n', "ses", "s"), ('n', "xes", "x"), ('n', "zes", "z"), ('n', "ches", "ch"), ('n', "shes", "sh"),
        ('n', "men", "man"), ('n', "ies", "y"), ('v', "s", ""), ('v', "ies", "y"), ('v', "es", "e"), ('v', "es", ""), ('v', "ed", "e"),
        ('v', "ed", ""), ('v', "ing", "e"), ('v', "ing", ""), (Adjective, "er", ""), (Adjective, "est", ""), (Adjective, "er", "e"),
        (Adjective, "est", "e"),
    ];

    private readonly LemmaList _list = LemmaList.Of(LemmaLanguage.En);

    public string? Find(string word)
    {
        var lower = word.ToLowerInvariant();
        if (lower.EndsWith(Possessive, StringComparison.Ordinal))
            return OfPossessive(lower[..^Possessive.Length]);
        return _list.Lemma(lower) ?? Inflected(lower, (candidate, part) => part != Adjective && _list.Has(candidate, part))
            ?? OfSpelling(word, lower);
    }

    // dog's is of the dog; it's and that's are two words.
    private string? OfPossessive(string owner) => _list.IsInvariable(owner) ? null : Find(owner);

    private string? OfSpelling(string word, string lower)
    {
        var stems = spelling.Stems(lower);
        if (stems.Count == 0)
            stems = spelling.Stems(word);
        if (stems.Count == 0)
            return null;
        if (stems.Contains(lower))
            return lower;
        if (stems.Contains(word))
            return word;
        return Inflected(lower, (candidate, part) => part == Adjective ? _list.Has(candidate, part) : spelling.Stems(candidate).Count > 0)
            ?? lower;
    }

    /// <summary>
    /// What the first rule that applies makes of a form; a form of what is itself a form stays, so that the lemma of a lemma is itself.
    /// </summary>
    private string? Inflected(string form, Func<string, char, bool> exists)
    {
        foreach (var (part, ending, by) in Rules)
        {
            if (!form.EndsWith(ending, StringComparison.Ordinal))
                continue;
            var candidate = form[..^ending.Length] + by;
            if (candidate.Length > 1 && 2 * candidate.Length >= form.Length && exists(candidate, part))
                return Find(candidate) == candidate ? candidate : form;
        }
        return null;
    }
}
