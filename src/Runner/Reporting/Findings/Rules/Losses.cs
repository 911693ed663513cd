using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Runner.Reporting.Findings.Rules;

/// <summary>The curves of a training.</summary>
internal static class Losses
{
    public static LineFigure Of(Epochs epochs) => new(
        "finding_losses", "epoch", MetricNames.Loss,
        [
            new(Splits.Train, Numbers(epochs.TrainLoss), epochs.TrainLoss),
            new(Splits.Validation, Numbers(epochs.ValidationLoss), epochs.ValidationLoss),
        ],
        epochs.Best, MetricNames.BestEpoch);

    public static double[] Numbers(IReadOnlyList<double> values) => [.. Enumerable.Range(1, values.Count)];
}
