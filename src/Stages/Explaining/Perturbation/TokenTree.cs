using System.Buffers;

namespace Pipelines.Stages.Explaining.Perturbation;

/// <summary>A part of a text, cut in two where its halves belong together least: near the middle, preferably after punctuation.</summary>
/// <param name="First">Number of its first word.</param>
/// <param name="Count">How many words it has.</param>
internal sealed class TokenTree(int First, int Count, Func<int, double> breakBefore)
{
    // What a full stop may move a cut from the middle, as a share of the part.
    private const double MaxShift = 0.25;

    private static readonly SearchValues<char> s_sentenceEnds = SearchValues.Create(".!?…\n"),
        s_clauseEnds = SearchValues.Create(",;:()—–");

    public int First { get; } = First;

    public int Count { get; } = Count;

    public bool IsWord => Count == 1;

    /// <summary>The two halves of a part of several words.</summary>
    public (TokenTree Left, TokenTree Right) Halves()
    {
        var cut = Enumerable.Range(First + 1, Count - 1).MinBy(Cost);
        return (new(First, cut - First, breakBefore), new(cut, First + Count - cut, breakBefore));
    }

    /// <summary>The whole text.</summary>
    public static TokenTree Of(TextWords words) => new(0, words.Words.Count, word => BreakBefore(words, word));

    /// <summary>A tree of halves only, for features that stand in no text.</summary>
    public static TokenTree OfCount(int count) => new(0, count, _ => 0);

    private double Cost(int cut) => (Math.Abs(cut - First - (Count / 2.0)) / Count) - (MaxShift * breakBefore(cut));

    /// <summary>How much ends before a word: 1 a sentence, a half a clause, 0 nothing.</summary>
    private static double BreakBefore(TextWords words, int word)
    {
        var end = words.Words[word - 1].End;
        var between = words.Text.AsSpan(end, words.Words[word].Start - end);
        return between.ContainsAny(s_sentenceEnds) ? 1 : between.ContainsAny(s_clauseEnds) ? 0.5 : 0;
    }
}
