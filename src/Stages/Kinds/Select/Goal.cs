namespace Pipelines.Stages.Kinds.Select;

/// <summary>Which value of a metric is the best one.</summary>
public enum Goal
{
    /// <summary>By the name of the metric (<see cref="Goals.For"/>).</summary>
    Auto,
    Highest,
    Lowest,
}

internal static class Goals
{
    private static readonly string[] LowerIsBetter = ["loss", "perplexity", "error", "errors", "error_rate", "invalid_codes"];

    /// <summary>The lowest where the last word of the metric's name is loss, perplexity, error, errors, error rate or invalid codes; else the highest.</summary>
    public static Goal For(this Goal goal, string metric) => goal != Goal.Auto ? goal
        : LowerIsBetter.Any(word => metric == word || metric.EndsWith('.' + word, StringComparison.Ordinal) || metric.EndsWith('_' + word, StringComparison.Ordinal))
            ? Goal.Lowest
            : Goal.Highest;
}
