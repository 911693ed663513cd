using Pipelines.Stages.Contracts;
using Pipelines.Stages.Training.Optimization;

namespace Pipelines.Stages.Training;

/// <summary>How a network is trained, whatever it is.</summary>
/// <param name="StopAfter">
/// Epochs after which it stops for now, as a search by halving does: rates are those of the whole training. Null: it goes on to its end.
/// </param>
/// <param name="ClipNorm">Longest allowed gradient of all weights together; null: not limited.</param>
/// <param name="L1">Weight of the sum of absolute kernel values in what is minimized.</param>
/// <param name="L2">Weight of the sum of squared kernel values in what is minimized.</param>
/// <param name="LabelSmoothing">Share of the truth that is spread over all classes while training; validation is without.</param>
/// <param name="Monitor">Metric that tells the best epoch, when to stop, and when a plateau is reached.</param>
/// <param name="EarlyStopping">Null: never stops early.</param>
/// <param name="LazyEmbeddings">A word that a batch does not hold rests; otherwise its momentum moves it, as with Keras.</param>
/// <param name="LogEvery">The history tells the loss of the first step and of each so many-th; null: of epochs only.</param>
/// <param name="Rows">How many rows of each split are used, from the first; null: all.</param>
public sealed record TrainingParams(
    int Batch = 32, int Epochs = 10,
    [DefaultCase("adam")] OptimizerParams? Optimizer = null, [DefaultCase("constant")] Schedule? Schedule = null,
    int? StopAfter = null,
    double? ClipNorm = null, double L1 = 0, double L2 = 0, double LabelSmoothing = 0, string Monitor = "validation.loss",
    EarlyStopping? EarlyStopping = null, OnDivergence OnDivergence = OnDivergence.Stop, bool LazyEmbeddings = true,
    int? LogEvery = 50, int? Rows = null)
{
    public OptimizerParams Optimizer { get; init; } = Optimizer ?? new OptimizerParams.Adam();

    public Schedule Schedule { get; init; } = Schedule ?? new Schedule.Constant();

    public int? StopAfter { get; init; } = StopAfter is null || StopAfter < Epochs
        ? StopAfter
        : throw new StageException($"A training of {Epochs} epochs does not stop after {StopAfter}.")
        {
            Help = "stop after fewer epochs, or leave it out",
            Parameter = "stop_after",
        };

    /// <summary>The same, once it is sure that the monitored metric is measured after each epoch.</summary>
    /// <param name="accuracyName">What a training measures beside the loss.</param>
    /// <param name="further">What it measures beside these.</param>
    /// <exception cref="StageException">It is not.</exception>
    public TrainingParams Measuring(string accuracyName, params IEnumerable<string> further)
    {
        string[] measured = [.. new[] { Splits.Train, Splits.Validation }.SelectMany(
            split => further.Prepend(accuracyName).Prepend(MetricNames.Loss).Select(measure => MetricNames.Of(split, measure)))];
        return measured.Contains(Monitor) ? this : throw new StageException($"'{Monitor}' is not measured after each epoch.")
        {
            Help = $"Known: {string.Join(", ", measured)}.",
            Parameter = "monitor",
        };
    }
}

/// <summary>When training ends before its last epoch, as Keras' EarlyStopping.</summary>
/// <param name="Patience">Epochs without improvement before it stops.</param>
/// <param name="MinDelta">A smaller change of the monitored metric is no improvement.</param>
public sealed record EarlyStopping(int Patience, double MinDelta = 0)
{
    /// <param name="scores">The monitored metric of the epochs so far, with the sign that makes smaller better.</param>
    internal bool IsOver(IEnumerable<double> scores)
    {
        var (best, waited) = (double.PositiveInfinity, 0);
        foreach (var score in scores)
            (best, waited) = score < best - MinDelta ? (score, 0) : (best, waited + 1);
        return waited >= Patience;
    }
}

/// <summary>What happens when the loss, a weight or a gradient is not finite.</summary>
public enum OnDivergence
{
    /// <summary>The stage fails.</summary>
    Stop,

    /// <summary>The best epoch before is kept, with a warning; without one the stage fails.</summary>
    KeepBest,
}
