using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Findings.Rules;

/// <summary>The model that was kept is far better on what it learned from.</summary>
internal sealed class LearnedByHeart : IFindingRule
{
    private const double WorthSaying = 0.1;

    public string Id => "by_heart";

    public FindingTopic Topic => FindingTopic.Training;

    public Finding? Of(FindingData data)
    {
        if (data.Epochs is not { Measure: { } measure } epochs || epochs.Best > Math.Min(measure.Train.Count, measure.Validation.Count))
            return null;
        var (train, validation) = (measure.Train[epochs.Best - 1], measure.Validation[epochs.Best - 1]);
        if (!(train - validation >= WorthSaying) || train > 1)
            return null;
        return new(53 + (40 * (train - validation)), new Dictionary<string, FindingValue>
        {
            ["learned"] = FindingValue.Share(train),
            ["validation"] = FindingValue.Share(validation),
            ["epoch"] = epochs.Best,
            ["points"] = FindingValue.Points(train - validation),
        })
        {
            Figure = new LineFigure("finding_by_heart", "epoch", measure.Name,
                [new(Splits.Train, Losses.Numbers(measure.Train), measure.Train),
                    new(Splits.Validation, Losses.Numbers(measure.Validation), measure.Validation)],
                epochs.Best, MetricNames.BestEpoch, ValueFormat.Percent),
            Source = new(epochs.Stage, $"{measure.Name}_by_epoch", FindingSections.Training),
        };
    }
}
