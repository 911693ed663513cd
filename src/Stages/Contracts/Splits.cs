namespace Pipelines.Stages.Contracts;

/// <summary>The splits of data, as the column <see cref="Columns.Split"/> names them.</summary>
public static class Splits
{
    public const string Train = "train";
    public const string Validation = "validation";
    public const string Test = "test";

    /// <summary>The split of rows that have none: a model learns from all of them, and is evaluated on all of them.</summary>
    public const string None = "all";

    /// <summary>In the order of their use.</summary>
    public static IReadOnlyList<string> All { get; } = [Train, Validation, Test];

    /// <summary>Those whose numbers tell most come first.</summary>
    public static IReadOnlyList<string> MostTelling { get; } = [Test, Validation, Train, None];

    /// <summary>In the order of their use, then others by name.</summary>
    public static IComparer<string> Order { get; } = Comparer<string>.Create((a, b) =>
        Rank(a).CompareTo(Rank(b)) is var order && order == 0 ? string.CompareOrdinal(a, b) : order);

    /// <summary>Whether models, vocabularies and classes are made from rows of this split.</summary>
    public static bool IsLearned(string split) => split is Train or None;

    private static int Rank(string split) => split switch
    {
        Train => 0,
        Validation => 1,
        Test => 2,
        _ => 3,
    };
}
