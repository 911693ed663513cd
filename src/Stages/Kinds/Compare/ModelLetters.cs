namespace Pipelines.Stages.Kinds.Compare;

/// <summary>Letters for models in tables of pairs: A, B … Z, AA, AB …; the table of all models says whose they are.</summary>
internal static class ModelLetters
{
    private const int Letters = 26;

    public static string Of(int model) => (model < Letters ? "" : Of((model / Letters) - 1)) + (char)('A' + (model % Letters));

    /// <summary>The second less the first.</summary>
    public static string Difference(int first, int second) => $"{Of(second)} − {Of(first)}";
}
