namespace Pipelines.Runner.Execution;

/// <summary>The metrics a reader asks for first.</summary>
public static class HeadlineMetrics
{
    /// <summary>The rows that tell most come first.</summary>
    public static IReadOnlyList<string> Splits { get; } = ["test", "validation", "train"];

    /// <summary>Shares between 0 and 1, higher is better, the most telling first.</summary>
    public static IReadOnlyList<string> Shares { get; } =
    [
        "exact_match", "accuracy", "macro_f1", "f1_macro", "macro.f1", "weighted_f1", "f1_weighted", "weighted.f1", "f1", "balanced_accuracy", "prefix_1", "prefix_3",
        "token_accuracy_teacher_forced", "token_accuracy",
    ];

    /// <summary>By name with split, the most telling first; only of the first split that has any.</summary>
    public static IEnumerable<string> In(IReadOnlyDictionary<string, double> metrics) =>
        Splits.Select(split => Shares.Select(share => $"{split}.{share}").Where(metrics.ContainsKey).ToList()).FirstOrDefault(found => found.Count > 0) ?? [];
}
