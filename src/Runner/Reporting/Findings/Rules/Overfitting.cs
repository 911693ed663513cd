using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Findings.Rules;

/// <summary>The loss on validation rows rose while that on training rows fell on.</summary>
internal sealed class Overfitting : IFindingRule
{
    private const double WorthSaying = 0.05;

    // One epoch that is worse may be chance.
    private const int MinEpochs = 2;

    public string Id => "overfitting";

    public FindingTopic Topic => FindingTopic.Training;

    public Finding? Of(FindingData data)
    {
        if (data.Epochs is not { ValidationLoss: { Count: > 2 } losses } epochs)
            return null;
        var lowest = Enumerable.Range(0, losses.Count).MinBy(epoch => losses[epoch]);
        var after = losses.Skip(lowest + 1).ToList();
        if (after.Count < MinEpochs || !after.TrueForAll(loss => loss > losses[lowest])
            || !(losses[^1] >= (1 + WorthSaying) * losses[lowest])
            || epochs.TrainLoss[^1] >= epochs.TrainLoss[lowest])
            return null;
        return new(54 + (10 * Math.Min(1, (losses[^1] / losses[lowest]) - 1)), new Dictionary<string, FindingValue>
        {
            ["epoch"] = lowest + 1,
            ["lowest"] = FindingValue.Decimal(losses[lowest]),
            ["last"] = FindingValue.Decimal(losses[^1]),
            ["learned_loss"] = FindingValue.Decimal(epochs.TrainLoss[^1]),
            ["best"] = epochs.Best,
        })
        {
            Figure = Losses.Of(epochs),
            Source = new(epochs.Stage, CardNames.LossByEpoch, FindingSections.Training),
        };
    }
}
