namespace Pipelines.Stages.Text.Lemmas;

/// <summary>
/// French base forms: a short list of what is irregular (<c>yeux</c>) first, then Hunspell's dictionary. Of several a word keeps itself
/// when it is one of them; else nouns
/// and adjectives go before verbs (<c>diffuse</c>: diffus, not diffuser), then the one that shares most letters at the start, the
/// shortest, the first in code point
/// order. This is repeated until nothing changes, so the lemma of a lemma is itself.
/// </summary>
internal sealed class FrenchLemmas(HunspellDictionary dictionary) : ILemmaSource
{
    private static readonly string[] Infinitives = ["er", "ir", "re", "oir"];

    private readonly LemmaList _list = LemmaList.Of(LemmaLanguage.Fr);

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
        if (_list.Lemma(lower) is { } listed)
            return listed;
        var stems = dictionary.Stems(lower);
        if (stems.Count == 0)
            stems = dictionary.Stems(word);
        return stems.Count == 0 ? null : stems.Contains(lower) ? lower : stems.Contains(word) ? word : Best(stems, lower);
    }

    private static string Best(IEnumerable<string> forms, string word) => forms
        .OrderBy(form => Infinitives.Any(ending => form.EndsWith(ending, StringComparison.Ordinal)))
        .ThenByDescending(form => form.AsSpan().CommonPrefixLength(word))
        .ThenBy(form => form.Length)
        .ThenBy(form => form, StringComparer.Ordinal)
        .First();
}
