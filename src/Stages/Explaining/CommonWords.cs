namespace Pipelines.Stages.Explaining;

/// <summary>The explanations of one text by several methods, on words that all of them can tell apart.</summary>
/// <param name="Words">Where they stand.</param>
/// <param name="Scores">Of each method, for the label predicted.</param>
internal sealed record CommonWords(IReadOnlyList<TextSpan> Words, IReadOnlyList<double[]> Scores)
{
    /// <summary>Words that overlap in some explanation are one; their scores are added up.</summary>
    public static CommonWords Of(IReadOnlyList<Explanation> explanations)
    {
        List<TextSpan> words = [];
        foreach (var word in explanations.SelectMany(text => text.Words).OrderBy(word => word.Start).ThenBy(word => word.End))
            if (words.Count > 0 && word.Start < words[^1].End)
                words[^1] = TextSpan.Between(words[^1].Start, Math.Max(words[^1].End, word.End));
            else
                words.Add(word);
        return new(words, [.. explanations.Select(text => OfOne(words, text))]);
    }

    /// <summary>The scores of one explanation, added up by the word in which each of its words begins.</summary>
    public static double[] OfOne(IReadOnlyList<TextSpan> words, Explanation text)
    {
        var (sums, at) = (new double[words.Count], 0);
        for (var i = 0; i < text.Words.Count; i++)
        {
            while (at + 1 < sums.Length && words[at].End <= text.Words[i].Start)
                at++;
            sums[at] += text.Main.Scores[i];
        }
        return sums;
    }
}
