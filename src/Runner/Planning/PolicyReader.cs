using Pipelines.Runner.Documents;

namespace Pipelines.Runner.Planning;

/// <summary>Reads <c>retries</c>, <c>timeout</c> and <c>cost</c> of a stage.</summary>
internal static class PolicyReader
{
    private const int MostRetries = 10;

    public static StagePolicy Read(StageEntry entry, ICollection<Diagnostic> diagnostics) => entry is { Retries: null, Timeout: null, Cost: null }
        ? StagePolicy.Default
        : new(Retries(entry.Retries, diagnostics), Timeout(entry.Timeout, diagnostics), IsHeavy(entry.Cost, diagnostics));

    private static int Retries(YamlNode? node, ICollection<Diagnostic> diagnostics)
    {
        if (node is null)
            return 0;
        if (node is YamlScalar { IsPlain: true } scalar && ScalarText.TryWholeNumber(scalar.Text, out var retries) && retries is >= 0 and <= MostRetries)
            return (int)retries;
        diagnostics.Add(Diagnostics.BadRetries(node, MostRetries));
        return 0;
    }

    private static bool IsHeavy(YamlNode? node, ICollection<Diagnostic> diagnostics)
    {
        if (node is null or YamlScalar { Text: "light" or "heavy" })
            return node is YamlScalar { Text: "heavy" };
        diagnostics.Add(Diagnostics.BadCost(node));
        return false;
    }

    private static TimeSpan? Timeout(YamlNode? node, ICollection<Diagnostic> diagnostics)
    {
        if (node is null)
            return null;
        if (node is YamlScalar scalar && DurationText.TryParse(scalar.Text, out var timeout))
            return timeout;
        diagnostics.Add(Diagnostics.BadTimeout(node));
        return null;
    }
}
