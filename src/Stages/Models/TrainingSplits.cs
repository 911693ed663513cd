using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Models;

/// <summary>The splits a training uses and the metric that tells its best epoch.</summary>
internal sealed record TrainingSplits(EncodedSplit Training, EncodedSplit? Validation, string Monitor)
{
    /// <exception cref="StageException">There are no rows to train on, or no split the monitored metric is measured on.</exception>
    public static TrainingSplits Of(IReadOnlyDictionary<string, EncodedSplit> splits, string monitor)
    {
        var training = splits.GetValueOrDefault(Splits.Train) ?? splits.GetValueOrDefault(Splits.None);
        if (training is not { Texts.Count: > 0 })
            throw new StageException($"There are no rows in the split '{Splits.Train}' to train on.")
            {
                Help = splits.Count == 0 ? "The table is empty." : $"The table has {string.Join(", ", splits.Keys)}.",
            };
        var validation = splits.GetValueOrDefault(Splits.Validation) is { Texts.Count: > 0 } rows ? rows : null;
        if (validation is null && monitor.StartsWith(Splits.Validation + ".", StringComparison.Ordinal))
            monitor = Splits.Train + monitor[Splits.Validation.Length..];
        return new(training, validation, monitor);
    }
}
