using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Explaining;
using Pipelines.Stages.Models.Prediction;

namespace Pipelines.Stages.Kinds.Explain;

/// <summary>The runs of words that speak most for and against each label, with what the training rows say of them.</summary>
internal sealed class NgramRows
{
    public const string Ngram = "ngram", Length = "words", Score = "score", Mean = "mean", Texts = "texts", Positive = "positive_share",
        TrainingTexts = "training_texts", TrainingShare = "training_share", LabelShare = "label_share", Association = "association";

    private const int MaxLabelsShown = 12;
    private const int NgramsShown = 6;
    private const int BiasesShown = 15;

    // Less is shown as nothing.
    private const double MinShown = 0.005;

    // A bias pushes whatever the sentence, and stands with its label more than chance would have it.
    private const double MinPositive = 0.9;

    private readonly NgramAssociation _training;
    private readonly List<string> _labels;

    private NgramRows(IReadOnlyList<NgramInfluence> all, NgramAssociation training, List<string> labels, int minTexts)
    {
        (All, _training, _labels) = (all, training, labels);
        BiasCandidates =
        [
            .. all.Where(row => row.Length == 1 && row.Texts >= minTexts && row.Positive >= MinPositive
                && training.Share(row.Ngram, row.Label) > training.LabelShare(row.Label))
                .OrderByDescending(row => row.Mean).Take(BiasesShown),
        ];
    }

    /// <summary>By label and length, those for it first, then those against it, the strongest first.</summary>
    public IReadOnlyList<NgramInfluence> All { get; }

    /// <summary>Single words that push a label wherever they stand, and that training has met with it more often than without.</summary>
    public IReadOnlyList<NgramInfluence> BiasCandidates { get; }

    /// <param name="top">How many of each length are kept for and against each label.</param>
    /// <param name="minTexts">In how many texts a run of words must stand.</param>
    public static NgramRows Of(
        IReadOnlyList<Explanation> explained, IReadOnlyList<LabelledInput> training, int longest, int top, int minTexts)
    {
        var kept = NgramInfluence.Of(explained, longest).Where(row => row.Texts >= minTexts)
            .GroupBy(row => (row.Label, row.Length))
            .OrderBy(group => group.Key.Label, StringComparer.Ordinal).ThenBy(group => group.Key.Length)
            .SelectMany(group => group.Where(row => row.Score > 0).OrderByDescending(row => row.Score).Take(top)
                .Concat(group.Where(row => row.Score < 0).OrderBy(row => row.Score).Take(top))).ToList();
        var labels = explained.SelectMany(text => text.Labels.Select(label => label.Label)).CountBy(label => label)
            .OrderByDescending(label => label.Value).ThenBy(label => label.Key, StringComparer.Ordinal).Select(label => label.Key).ToList();
        return new(kept, new(training, kept.Select(row => row.Ngram), longest), labels, minTexts);
    }

    public RowBatch ToBatch() => new(All.Count,
    [
        new Values<string>(Columns.Label, [.. All.Select(row => row.Label)]),
        new Values<string>(Ngram, [.. All.Select(row => row.Ngram)]),
        new Values<int>(Length, [.. All.Select(row => row.Length)]),
        new Values<double>(Score, [.. All.Select(row => row.Score)]),
        new Values<double>(Mean, [.. All.Select(row => row.Mean)]),
        new Values<int>(Texts, [.. All.Select(row => row.Texts)]),
        new Values<double>(Positive, [.. All.Select(row => row.Positive)]),
        new Values<int>(TrainingTexts, [.. All.Select(row => _training.Texts(row.Ngram))]),
        new Values<double>(TrainingShare, [.. All.Select(row => _training.Share(row.Ngram, row.Label))]),
        new Values<double>(LabelShare, [.. All.Select(row => _training.LabelShare(row.Label))]),
        new Values<double>(Association, [.. All.Select(row => _training.LogOddsRatio(row.Ngram, row.Label))]),
    ]);

    public IReadOnlyList<CardItem> ToCard()
    {
        List<CardItem> items =
        [
            new Grid("ngram_influence", [new("class", ValueFormat.Code), new(Length), new("for_it", ValueFormat.Scores),
                new("against_it", ValueFormat.Scores)],
                [.. from label in _labels.Take(MaxLabelsShown)
                    from length in All.Select(row => row.Length).Distinct().Order()
                    let rows = All.Where(row => row.Label == label && row.Length == length).ToList()
                    where rows.Count > 0
                    select (IReadOnlyList<object?>)[label, (long)length, Named(rows.Where(row => row.Score > 0)),
                        Named(rows.Where(row => row.Score < 0))]]),
        ];
        if (BiasCandidates.Count > 0)
            items.Add(new Grid("bias_candidates",
                [
                    new("word", ValueFormat.Code), new("class", ValueFormat.Code), new(Mean, ValueFormat.Decimal), new(Texts),
                    new(Positive, ValueFormat.Percent), new(TrainingTexts), new(TrainingShare, ValueFormat.Percent),
                    new(LabelShare, ValueFormat.Percent), new(Association, ValueFormat.Decimal),
                ],
                [.. BiasCandidates.Select(row => (IReadOnlyList<object?>)[row.Ngram, row.Label, row.Mean, (long)row.Texts, row.Positive,
                    (long)_training.Texts(row.Ngram), _training.Share(row.Ngram, row.Label), _training.LabelShare(row.Label),
                    _training.LogOddsRatio(row.Ngram, row.Label)])]));
        return items;
    }

    /// <summary>The first of them with their scores.</summary>
    public static string Named(IEnumerable<NgramInfluence> rows, int count = NgramsShown) => string.Join(" · ", rows
        .Where(row => Math.Abs(row.Score) >= MinShown).Take(count)
        .Select(row => FormattableString.Invariant($"{row.Ngram} ({(row.Score > 0 ? "+" : "−")}{Math.Abs(row.Score):0.00})")));
}
