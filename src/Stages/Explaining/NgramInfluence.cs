using Pipelines.Stages.Text.Unicode;

namespace Pipelines.Stages.Explaining;

/// <summary>What a run of words did to the score of a label, over all texts.</summary>
/// <param name="Label">The label that was explained.</param>
/// <param name="Ngram">In lower case, words between spaces.</param>
/// <param name="Score">Its contributions added up, those of each text as shares of their length as a vector.</param>
/// <param name="Occurrences">How often it was met.</param>
/// <param name="Texts">In how many texts.</param>
/// <param name="Positive">Share of its occurrences that speak for the label.</param>
internal sealed record NgramInfluence(string Label, string Ngram, int Length, double Score, int Occurrences, int Texts, double Positive)
{
    public double Mean => Score / Occurrences;

    /// <summary>All runs of up to some words in the texts, in order of label and run.</summary>
    public static IReadOnlyList<NgramInfluence> Of(IEnumerable<Explanation> explanations, int longest)
    {
        Dictionary<(string Label, string Ngram), Sum> sums = [];
        foreach (var text in explanations)
        {
            string[] words = [.. text.Words.Select(word => LowerCase.Of(text.Row.Text.Substring(word.Start, word.Length)))];
            foreach (var label in text.Labels)
            {
                var norm = Math.Sqrt(label.Scores.Sum(score => score * score));
                HashSet<string> met = new(StringComparer.Ordinal);
                foreach (var (first, length) in Runs(words.Length, longest))
                {
                    var ngram = string.Join(' ', words, first, length);
                    var score = norm == 0 ? 0 : label.Scores.AsSpan(first, length).ToArray().Sum() / norm;
                    var sum = sums.GetValueOrDefault((label.Label, ngram));
                    sums[(label.Label, ngram)] = new(
                        length, sum.Score + score, sum.Occurrences + 1, sum.Texts + (met.Add(ngram) ? 1 : 0),
                        sum.Positive + (score > 0 ? 1 : 0));
                }
            }
        }
        return [.. sums.OrderBy(entry => entry.Key.Label, StringComparer.Ordinal).ThenBy(entry => entry.Key.Ngram, StringComparer.Ordinal)
            .Select(entry => new NgramInfluence(entry.Key.Label, entry.Key.Ngram, entry.Value.Length, entry.Value.Score,
                entry.Value.Occurrences, entry.Value.Texts, entry.Value.Positive / (double)entry.Value.Occurrences))];
    }

    private static IEnumerable<(int First, int Length)> Runs(int words, int longest) =>
        from length in Enumerable.Range(1, longest)
        from first in Enumerable.Range(0, Math.Max(0, words - length + 1))
        select (first, length);

    private readonly record struct Sum(int Length, double Score, int Occurrences, int Texts, int Positive);
}
