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

    /// <summary>How many labels rows have.</summary>
    public const string Classes = "classes";

    /// <summary>How few of the most frequent labels half of the rows have.</summary>
    public const string ClassesOfHalfTheRows = "classes_of_half_the_rows";

    /// <summary>The label that most rows have, with their number.</summary>
    public const string MostFrequentClass = "most_frequent_class";

    /// <summary>The label that fewest rows have, with their number.</summary>
    public const string RarestClass = "rarest_class";

    /// <summary>The most frequent labels with their shares.</summary>
    public const string MostFrequentClasses = "most_frequent_classes";

    /// <summary>Median, 95 % quantile and longest text, by split.</summary>
    public const string LengthsBySplit = "lengths_by_split";

    /// <summary>Its column of the length that half of the texts do not exceed.</summary>
    public const string MedianLength = "median";

    /// <summary>Its column of the length that 95 % of the texts do not exceed.</summary>
    public const string LengthOfMost = "quantile_95";

    /// <summary>Its column of the longest text's length.</summary>
    public const string LongestText = "longest";

    /// <summary>How many texts have which length.</summary>
    public const string TextLengths = "text_lengths";

    /// <summary>How many different words texts have.</summary>
    public const string DistinctWords = "distinct_words";

    /// <summary>The share of the different words that occur once.</summary>
    public const string WordsThatOccurOnce = "words_that_occur_once";

    /// <summary>The most frequent words with their shares.</summary>
    public const string FrequentWords = "frequent_words";

    /// <summary>The loss of a training on each split, a curve over its epochs.</summary>
    public const string LossByEpoch = MetricNames.Loss + "_by_epoch";
}
