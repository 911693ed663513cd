using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Findings.Rules;

/// <summary>A model that is surer than it is right, or less sure.</summary>
internal sealed class Calibrated : IFindingRule
{
    private const double WorthSaying = 0.05;
    private const int MinRows = 50;

    public string Id => "calibration";

    public FindingTopic Topic => FindingTopic.Confidence;

    public Finding? Of(FindingData data)
    {
        if (data.Answers.Count < MinRows)
            return null;
        var confidence = data.Answers.Average(answer => answer.Confidence);
        var all = Slice.Of("right_answers", data.Answers);
        // A model without probabilities is equally sure of everything.
        if (data.Answers.Min(answer => answer.Confidence) >= data.Answers.Max(answer => answer.Confidence)
            || Math.Abs(confidence - all.Share) < WorthSaying || (confidence >= all.Interval.Low && confidence <= all.Interval.High))
            return null;
        return new(58 + (100 * Math.Abs(confidence - all.Share)), new Dictionary<string, FindingValue>
        {
            ["confidence"] = FindingValue.Share(confidence),
            ["right"] = FindingValue.Share(all.Share),
            ["points"] = FindingValue.Points(confidence - all.Share),
        })
        {
            Variant = confidence > all.Share ? "" : "_under",
            Figure = new BarFigure("finding_calibration", "finding_measured", "share", ["finding_confidence", "finding_right"],
                [new("share", [confidence, all.Share])], ValueFormat.Percent),
            Source = new(data.Stage, CardNames.Reliability, FindingSections.Results),
        };
    }
}
