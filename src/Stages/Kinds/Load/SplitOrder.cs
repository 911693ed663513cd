namespace Pipelines.Stages.Kinds.Load;

/// <summary>Splits in the order of their use: train, validation, test, then others by name.</summary>
internal static class SplitOrder
{
    private static readonly string[] Known = ["train", "validation", "test"];

    public static IComparer<string> Comparer { get; } = Comparer<string>.Create((a, b) => (Rank(a), a).CompareTo((Rank(b), b)) is var order && order == 0
        ? string.CompareOrdinal(a, b)
        : order);

    private static int Rank(string split) => Array.IndexOf(Known, split) is >= 0 and var rank ? rank : Known.Length;
}
