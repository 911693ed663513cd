using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Findings.Rules;

/// <summary>The loss on validation rows was still falling in the last epoch.</summary>
internal sealed class StillImproving : IFindingRule
{
    private const double WorthSaying = 0.01;

    // Where nearly all answers are right, a falling loss only makes them surer.
    private const double NearlyAllRight = 0.99;

    public string Id => "still_improving";

    public FindingTopic Topic => FindingTopic.Training;

    public Finding? Of(FindingData data)
    {
        if (data.Epochs is not { ValidationLoss: { Count: > 1 } losses } epochs || epochs.Best != losses.Count
            || data.Right >= NearlyAllRight)
            return null;
        var drop = 1 - (losses[^1] / losses[^2]);
        if (losses[^1] > losses.Min() || !(drop >= WorthSaying))
            return null;
        return new(50 + (40 * Math.Min(1, drop * 3)), new Dictionary<string, FindingValue>
        {
            ["epochs"] = losses.Count,
            ["before"] = FindingValue.Decimal(losses[^2]),
            ["after"] = FindingValue.Decimal(losses[^1]),
            ["drop"] = FindingValue.Share(drop),
        })
        {
            Figure = Losses.Of(epochs),
            Source = new(epochs.Stage, CardNames.LossByEpoch, FindingSections.Training),
            IsReservation = true,
            Try = data.EpochsOption is { } option ? FormattableString.Invariant($"{option}={2 * losses.Count}") : null,
        };
    }
}
