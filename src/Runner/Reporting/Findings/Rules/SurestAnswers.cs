using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Findings.Rules;

/// <summary>The answers that a model is surest of are right more often: some can be left to a person.</summary>
internal sealed class SurestAnswers : IFindingRule
{
    private const double Kept = 0.8;
    private const double WorthSaying = 0.02;
    private const int MinRows = 50;
    private const double Same = 1e-9;

    private static readonly double[] Shares = [0.5, 0.6, 0.7, 0.8, 0.9, 1];

    public string Id => "surest";

    public FindingTopic Topic => FindingTopic.Confidence;

    public Finding? Of(FindingData data)
    {
        if (data.Answers.Count < MinRows)
            return null;
        var sorted = data.Answers.OrderByDescending(answer => answer.Confidence).ToList();
        // As many as the curve of the evaluation takes.
        var points = Shares.Select(share => sorted.Take((int)Math.Ceiling((share * sorted.Count) - Same)).ToList()).ToList();
        var kept = points[Array.IndexOf(Shares, Kept)];
        var surest = Slice.Of("finding_kept", kept);
        var rest = Slice.Of("finding_left", sorted.Skip(kept.Count));
        // Where answers of one confidence are cut apart, which are kept is chance.
        if (sorted[kept.Count].Confidence.Equals(kept[^1].Confidence) || surest.Share - data.Right < WorthSaying || !rest.IsBelow(surest))
            return null;
        return new(60 + (100 * (surest.Share - data.Right)), new Dictionary<string, FindingValue>
        {
            ["kept"] = FindingValue.WholeShare(Kept),
            // Rounded up, the sentence would claim more than the least sure of them has.
            ["confidence"] = FindingValue.WholeShare(Math.Floor((kept[^1].Confidence * 100) + Same) / 100),
            ["right"] = FindingValue.Share(surest.Share),
            ["all"] = FindingValue.Share(data.Right),
        })
        {
            Figure = new LineFigure("finding_surest", "finding_share_kept", "right_answers",
                [new("right_answers", Shares, [.. points.Select(point => Slice.Of("", point).Share)])], Format: ValueFormat.Percent)
            { XFormat = ValueFormat.Percent },
            Source = new(data.Stage, CardNames.Coverage, FindingSections.Results),
        };
    }
}
