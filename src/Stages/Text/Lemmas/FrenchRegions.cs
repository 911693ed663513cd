namespace Pipelines.Stages.Text.Lemmas;

/// <summary>Where the regions of a French word start that Snowball's rules speak of: RV, R1 and R2.</summary>
internal readonly record struct FrenchRegions(int V, int R1, int R2)
{
    public static FrenchRegions Of(string word)
    {
        var r1 = AfterConsonant(word, 0);
        return new(RegionV(word), r1, AfterConsonant(word, r1));
    }

    private static int RegionV(string word)
    {
        if (word.Length >= 3 && FrenchStemmer.IsVowel(word[0]) && FrenchStemmer.IsVowel(word[1]))
            return 3;
        if (word.StartsWith("par", StringComparison.Ordinal) || word.StartsWith("col", StringComparison.Ordinal)
            || word.StartsWith("tap", StringComparison.Ordinal))
            return 3;
        if (word.Length >= 3 && word.StartsWith("ni", StringComparison.Ordinal) && FrenchStemmer.IsVowel(word[2]))
            return 3;
        for (var i = 1; i < word.Length; i++)
            if (FrenchStemmer.IsVowel(word[i]))
                return i + 1;
        return word.Length;
    }

    /// <summary>Just past the first consonant that follows a vowel.</summary>
    private static int AfterConsonant(string word, int from)
    {
        var i = from;
        while (i < word.Length && !FrenchStemmer.IsVowel(word[i]))
            i++;
        while (i < word.Length && FrenchStemmer.IsVowel(word[i]))
            i++;
        return Math.Min(i + 1, word.Length);
    }
}
