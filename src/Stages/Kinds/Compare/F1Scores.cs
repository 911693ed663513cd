namespace Pipelines.Stages.Kinds.Compare;

/// <summary>Whether F1 is measured beside accuracy.</summary>
public enum F1Scores
{
    /// <summary>Where there are at most 50 labels: F1 of thousands of rare codes says little.</summary>
    Auto,
    Always,
    Never,
}

internal static class F1ScoresRule
{
    private const int MaxLabels = 50;

    public static bool AreMeasured(this F1Scores wanted, int labels) =>
        wanted == F1Scores.Always || (wanted == F1Scores.Auto && labels <= MaxLabels);
}
