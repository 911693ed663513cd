using Pipelines.Runner.Reporting.Findings.Rules;

namespace Pipelines.Runner.Reporting.Findings;

/// <summary>All rules, and which of their findings a report tells.</summary>
internal static class FindingRules
{
    /// <summary>More than these nobody remembers.</summary>
    private const int MaxFindings = 4;

    public static IReadOnlyList<IFindingRule> All { get; } =
    [
        new AskedDifference(), new SettingEffect(), new AskedLabels(), new ValueDifference(), new ChosenSetting(), new ParentDifference(),
        new DegenerateModel(), new AtBaseline(), new LearnedTexts(), new ContradictoryLabels(),
        new NeverPredicted(), new ClassSize(), new UnlearnedLabels(),
        new ConfusedPair(), new OverusedLabel(), new SharedBeginning(),
        new SurestAnswers(), new Calibrated(),
        new UnknownWords(), new TextLength(), new CapitalTexts(), new NumbersInTexts(),
        new StillImproving(), new Overfitting(), new LearnedByHeart(),
        new EqualModels(), new MisleadingWords(), new DecidingWords(),
        new UnequalLabels(), new TextSizes(), new RareWords(), new FewerWords(),
        new SampleData(), new ChosenOnTold(), new FewRows(), new SingleTraining(),
    ];

    /// <summary>The findings with their rules, those that matter most first.</summary>
    public static IReadOnlyList<RuledFinding> Of(FindingData data)
    {
        List<RuledFinding> found =
        [
            .. All.Select(rule => rule.Of(data) is { } finding ? new RuledFinding(rule, finding) : null).OfType<RuledFinding>()
                .OrderByDescending(found => found.Finding.Rank),
        ];
        // Where nearly all answers are the same, the others are never given and that one too often: all that is one thing.
        return found.Exists(one => one.Rule is DegenerateModel)
            ? found.FindAll(one => one.Rule.Topic is not (FindingTopic.Classes or FindingTopic.Errors))
            : found;
    }

    /// <summary>Of an axis that another pipeline tried already, it comes behind what this one changes.</summary>
    public static double RankOfEffect(double rank, string axis, FindingData data) => data.InheritedAxes.Contains(axis) ? rank - 2 : rank;

    /// <summary>The first of each topic.</summary>
    public static IReadOnlyList<RuledFinding> Told(IReadOnlyList<RuledFinding> found) =>
        [.. found.Where(one => one.Rule.Topic != FindingTopic.Limits).DistinctBy(one => one.Rule.Topic).Take(MaxFindings)];

    public static IReadOnlyList<RuledFinding> Limits(IReadOnlyList<RuledFinding> found) =>
        [.. found.Where(one => one.Rule.Topic == FindingTopic.Limits)];
}

internal sealed record RuledFinding(IFindingRule Rule, Finding Finding);
