using Pipelines.Runner.Documents;

namespace Pipelines.Runner.Planning;

/// <summary>How a stage is run: it changes nothing in what the stage gives, so it is no part of the fingerprint.</summary>
/// <param name="Retries">How often it is tried again after a failure that may pass.</param>
/// <param name="Timeout">How long one attempt may take; null: as long as it needs.</param>
/// <param name="IsHeavy">Whether it costs so much that a light run does without it.</param>
public sealed record StagePolicy(int Retries = 0, TimeSpan? Timeout = null, bool IsHeavy = false)
{
    private const int MaxRetries = 10;

    /// <summary>What it asks a cluster for.</summary>
    public StageResources Resources { get; init; } = StageResources.None;

    /// <summary>Whether it runs where the coordinator does, also when others go to a cluster.</summary>
    public bool IsLocal { get; init; }

    public static StagePolicy Default { get; } = new();

    /// <summary>From <c>retries</c>, <c>timeout</c>, <c>cost</c>, <c>resources</c> and <c>on</c> of a stage.</summary>
    internal static StagePolicy Read(StageEntry entry, ICollection<Diagnostic> diagnostics) =>
        entry is { Retries: null, Timeout: null, Cost: null, Resources: null, On: null }
        ? Default
        : new(ReadRetries(entry.Retries, diagnostics), ReadTimeout(entry.Timeout, diagnostics), ReadCost(entry.Cost, diagnostics))
        {
            Resources = StageResources.Read(entry.Resources, diagnostics),
            IsLocal = ReadOn(entry.On, diagnostics),
        };

    private static int ReadRetries(YamlNode? node, ICollection<Diagnostic> diagnostics)
    {
        if (node is null)
            return 0;
        if (node is YamlScalar { IsPlain: true } scalar && CoreSchema.TryWholeNumber(scalar.Text, out var retries)
            && retries is >= 0 and <= MaxRetries)
            return (int)retries;
        diagnostics.Add(Diagnostics.BadRetries(node, MaxRetries));
        return 0;
    }

    private static TimeSpan? ReadTimeout(YamlNode? node, ICollection<Diagnostic> diagnostics)
    {
        if (node is null)
            return null;
        if (node is YamlScalar scalar && DurationSyntax.TryParse(scalar.Text, out var timeout))
            return timeout;
        diagnostics.Add(Diagnostics.BadTimeout(node));
        return null;
    }

    private static bool ReadOn(YamlNode? node, ICollection<Diagnostic> diagnostics)
    {
        if (node is not (null or YamlScalar { Text: "local" }))
            diagnostics.Add(Diagnostics.BadOn(node));
        return node is not null;
    }

    private static bool ReadCost(YamlNode? node, ICollection<Diagnostic> diagnostics)
    {
        if (node is null or YamlScalar { Text: "light" or "heavy" })
            return node is YamlScalar { Text: "heavy" };
        diagnostics.Add(Diagnostics.BadCost(node));
        return false;
    }
}
