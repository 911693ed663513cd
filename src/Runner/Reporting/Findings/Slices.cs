namespace Pipelines.Runner.Reporting.Findings;

/// <summary>How the answers are cut in two: what rules compare, and what the results show whether it tells anything or not. Each is made
/// once, whoever asks first: both ask at the same time.</summary>
internal sealed class Slices(FindingData data)
{
    private const int Parts = 3;

    private readonly Lazy<(Slice, Slice)> _byLearning = new(() => Cut(
        data.Answers, "finding_seen", "finding_fresh", answer => data.LearnedTexts.Contains(answer.Text.Id)));

    private readonly Lazy<(Slice, Slice)?> _byLabel = new(() => data.Learned.Count == 0 ? null : Cut(
        data.Answers, "finding_unlearned", "finding_learned", answer => !data.Learned.ContainsKey(answer.Label)));

    private readonly Lazy<(Slice, Slice)?> _byUnknownWords = new(() => data.Answers.Any(IsOfNoWords) ? null : Cut(
        data.Answers, "finding_with_unknown", "finding_without_unknown", answer => answer.Text.UnknownWords!.Count > 0));

    private readonly Lazy<(Slice, Slice, int, int)?> _byLength = new(() => CutByLength(data.Answers));

    private readonly Lazy<(Slice, Slice)> _byCapitals = new(() => Cut(
        data.Answers, "finding_capitals", "finding_no_capitals", answer => answer.Text.IsInCapitals));

    private readonly Lazy<(Slice, Slice)> _byNumbers = new(() => Cut(
        data.Answers, "finding_with_number", "finding_without_number", answer => answer.Text.HasDigit));

    public bool AreOf(FindingData other) => ReferenceEquals(data, other);

    /// <summary>Texts that were learned, and others.</summary>
    public (Slice Seen, Slice Fresh) ByLearning => _byLearning.Value;

    /// <summary>Labels that no row had that was learned from, and others; null where that is not known.</summary>
    public (Slice Unlearned, Slice Learned)? ByLabel => _byLabel.Value;

    /// <summary>Texts with a word that the model has no number for, and others; null where it reads no words.</summary>
    public (Slice With, Slice Without)? ByUnknownWords => _byUnknownWords.Value;

    /// <summary>The shortest and the longest third, up to and from so many words; null where all are about as long.</summary>
    public (Slice Short, Slice Long, int Most, int Least)? ByLength => _byLength.Value;

    public (Slice Capitals, Slice Others) ByCapitals => _byCapitals.Value;

    public (Slice With, Slice Without) ByNumbers => _byNumbers.Value;

    private static (Slice, Slice, int, int)? CutByLength(IReadOnlyList<Answer> answers)
    {
        if (answers.Count < Parts)
            return null;
        var lengths = answers.Select(answer => answer.Text.Words).ToList();
        var sorted = lengths.Order().ToList();
        var (most, least) = (sorted[sorted.Count / Parts], sorted[sorted.Count * (Parts - 1) / Parts]);
        if (most >= least)
            return null;
        return (
            Slice.Of("finding_short", answers.Where((_, row) => lengths[row] <= most)),
            Slice.Of("finding_long", answers.Where((_, row) => lengths[row] >= least)), most, least);
    }

    private static bool IsOfNoWords(Answer answer) => answer.Text.UnknownWords is null;

    private static (Slice, Slice) Cut(IReadOnlyList<Answer> answers, string first, string second, Func<Answer, bool> isFirst) =>
        (Slice.Of(first, answers.Where(isFirst)), Slice.Of(second, answers.Where(answer => !isFirst(answer))));
}
