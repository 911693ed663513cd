namespace Pipelines.Runner.Reporting.Verification;

/// <summary>What became of one claim of a report.</summary>
internal enum Confirmation
{
    /// <summary>The repository gives the same, by its files and what is in the store.</summary>
    Confirmed,

    /// <summary>The lock file says the same; it could not be derived without results.</summary>
    Locked,

    /// <summary>There is nothing to compare it with.</summary>
    Unknown,

    /// <summary>The repository says otherwise.</summary>
    Different,
}

/// <summary>A stage, a number (<c>scores.test.accuracy</c>), the page or a file, and whether it is what the repository gives.</summary>
/// <param name="Why">Null where there is nothing to add.</param>
internal sealed record Verified(string Name, Confirmation Confirmation, string? Why = null)
{
    /// <summary>Of a number, what the report says.</summary>
    public double? Stated { get; init; }
}

/// <summary>All claims of a report.</summary>
internal sealed record Verification(IReadOnlyList<Verified> Stages, IReadOnlyList<Verified> Numbers, IReadOnlyList<Verified> Files)
{
    public IEnumerable<Verified> All => [.. Stages, .. Numbers, .. Files];

    /// <summary>Whether everything that was claimed is what the repository gives, or what its lock file says.</summary>
    public bool Holds => All.Any() && All.All(claim => claim.Confirmation is Confirmation.Confirmed or Confirmation.Locked);
}
