namespace Pipelines.Runner.Reporting.Findings;

/// <summary>How the answers are cut in two: what rules compare, and what the results show whether it tells anything or not.</summary>
internal static class Slices
{
    private const int Parts = 3;
    private const int MinLetters = 3;

    /// <summary>Texts that were learned, and others.</summary>
    public static (Slice Seen, Slice Fresh) ByLearning(FindingData data) => Cut(
        data.Answers, "finding_seen", "finding_fresh", answer => data.LearnedTexts.Contains(answer.Text));

    /// <summary>Labels that no row had that was learned from, and others; null where that is not known.</summary>
    public static (Slice Unlearned, Slice Learned)? ByLabel(FindingData data) => data.Learned.Count == 0 ? null : Cut(
        data.Answers, "finding_unlearned", "finding_learned", answer => !data.Learned.ContainsKey(answer.Label));

    /// <summary>Texts with a word that the model has no number for, and others; null where it reads no words.</summary>
    public static (Slice With, Slice Without)? ByUnknownWords(FindingData data) => data.UnknownWords is not { } unknown ? null : Cut(
        data.Answers, "finding_with_unknown", "finding_without_unknown", answer => unknown(answer.Text).Count > 0);

    /// <summary>The shortest and the longest third, up to and from so many words; null where all are about as long.</summary>
    public static (Slice Short, Slice Long, int Most, int Least)? ByLength(FindingData data)
    {
        if (data.Answers.Count < Parts)
            return null;
        var lengths = data.Answers.Select(answer => Words(answer.Text)).ToList();
        var sorted = lengths.Order().ToList();
        var (most, least) = (sorted[sorted.Count / Parts], sorted[sorted.Count * (Parts - 1) / Parts]);
        if (most >= least)
            return null;
        return (
            Slice.Of("finding_short", data.Answers.Where((_, row) => lengths[row] <= most)),
            Slice.Of("finding_long", data.Answers.Where((_, row) => lengths[row] >= least)), most, least);
    }

    public static (Slice Capitals, Slice Others) ByCapitals(FindingData data) => Cut(
        data.Answers, "finding_capitals", "finding_no_capitals",
        answer => answer.Text.Count(char.IsLetter) >= MinLetters && !answer.Text.Any(char.IsLower));

    public static (Slice With, Slice Without) ByNumbers(FindingData data) => Cut(
        data.Answers, "finding_with_number", "finding_without_number", answer => answer.Text.Any(char.IsDigit));

    private static (Slice, Slice) Cut(IReadOnlyList<Answer> answers, string first, string second, Func<Answer, bool> isFirst)
    {
        bool[] isOfFirst = [.. answers.Select(isFirst)];
        return (Slice.Of(first, answers.Where((_, row) => isOfFirst[row])), Slice.Of(second, answers.Where((_, row) => !isOfFirst[row])));
    }

    private static int Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
}
