namespace Pipelines.Stages.Contracts;

/// <summary>
/// How metrics are named: <c>test.accuracy</c> is a measure of a split, <c>test.accuracy_low</c> and <c>test.accuracy_high</c> are the ends
/// of its interval, <c>test.model_1.accuracy</c> is the measure of one of several. A manifest describes measures.
/// </summary>
public static class MetricNames
{
    /// <summary>The measure that says on how many rows the others of its split were measured.</summary>
    public const string Rows = "rows";

    /// <summary>What a training minimizes.</summary>
    public const string Loss = "loss";

    /// <summary>The epoch whose weights a training kept, from 1; a fact of its card too.</summary>
    public const string BestEpoch = "best_epoch";

    /// <summary>The fact that says how many epochs were trained.</summary>
    public const string Epochs = "epochs";

    private static readonly string[] LowerIsBetter = ["loss", "perplexity", "error", "errors", "error_rate", "invalid_codes"];

    private static readonly string[] HigherIsBetter =
    [
        "accuracy", "balanced_accuracy", "exact_match", "f1", "macro_f1", "macro_precision", "macro_recall", "micro_f1", "precision",
        "recall", "token_accuracy", "weighted_f1", "weighted_precision", "weighted_recall",
    ];

    private const string LowEnd = "_low";
    private const string HighEnd = "_high";

    public static string Of(string split, string measure) => $"{split}.{measure}";

    public static string Low(string name) => name + LowEnd;

    public static string High(string name) => name + HighEnd;

    /// <summary>
    /// Whether smaller values are better: where the last word of the name is loss, perplexity, error, errors, error rate or invalid codes.
    /// </summary>
    public static bool IsLowerBetter(string name) => LowerIsBetter.Any(word => name == word
        || name.EndsWith('.' + word, StringComparison.Ordinal) || name.EndsWith('_' + word, StringComparison.Ordinal));

    /// <summary>1 where more of it is better, -1 where less is, 0 where neither can be said, as of a number of classes.</summary>
    public static int Direction(string name) =>
        IsLowerBetter(name) ? -1 : HigherIsBetter.Contains(name[(name.LastIndexOf('.') + 1)..]) ? 1 : 0;

    /// <summary>The split that it was measured on: <c>test</c> of <c>test.accuracy_low</c>; null: it is of none.</summary>
    public static string? SplitOf(string name) =>
        name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && Splits.MostTelling.Contains(name[..dot]) ? name[..dot] : null;

    /// <summary>The name without its split: <c>accuracy_low</c> of <c>test.accuracy_low</c>.</summary>
    public static string WithoutSplit(string name) => SplitOf(name) is { } split ? name[(split.Length + 1)..] : name;

    /// <summary>
    /// The measure that a name is about, whatever its split, which of several it is about, and whether it is an end of the interval.
    /// </summary>
    public static string MeasureOf(string name)
    {
        var measure = name[(name.LastIndexOf('.') + 1)..];
        return measure.EndsWith(LowEnd, StringComparison.Ordinal) ? measure[..^LowEnd.Length]
            : measure.EndsWith(HighEnd, StringComparison.Ordinal) ? measure[..^HighEnd.Length]
            : measure;
    }
}
