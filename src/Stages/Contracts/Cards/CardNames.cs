namespace Pipelines.Stages.Contracts.Cards;

/// <summary>Names of figures and tables that kinds agree on, so that a report finds what shows more of something.</summary>
public static class CardNames
{
    /// <summary>Precision, recall and F1 of each class.</summary>
    public const string ClassReport = "classification_report";

    /// <summary>How well classes are found, by how many rows they have.</summary>
    public const string Frequency = "f1_by_frequency";

    /// <summary>Which labels are taken for which.</summary>
    public const string ConfusedPairs = "most_confused";

    /// <summary>How often the first characters of a code are right.</summary>
    public const string PrefixAccuracy = "prefix_accuracy";

    /// <summary>How accurate the surest answers are.</summary>
    public const string Coverage = "accuracy_by_coverage";

    /// <summary>How accurate answers of like confidence are.</summary>
    public const string Reliability = "reliability";

    /// <summary>The loss of a training on each split, a curve over its epochs.</summary>
    public const string LossByEpoch = MetricNames.Loss + "_by_epoch";
}
