using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Text.Preparation;

/// <summary>The rows a vocabulary, a class list or a length is taken from; rows without splits all count.</summary>
public enum FitSplit
{
    /// <summary>Only the training rows: nothing of validation and test leaks into the model.</summary>
    Train,

    All,
}

internal static class FitSplits
{
    public static bool IsFitted(this FitSplit fit, string split) => fit == FitSplit.All || Splits.IsLearned(split);

    /// <exception cref="StageException">There are splits, but none is called train.</exception>
    public static void CheckFitted(this FitSplit fit, long fittedRows, long allRows)
    {
        if (fittedRows == 0 && allRows > 0)
            throw new StageException($"None of the {allRows} rows has the split '{Splits.Train}'.")
            {
                Help = "fit: all takes every row.",
                Parameter = "fit",
            };
    }
}
