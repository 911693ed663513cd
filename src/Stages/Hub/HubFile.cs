namespace Pipelines.Stages.Hub;

/// <summary>A file of a repository as the hub lists it.</summary>
/// <param name="Id">Of its content, which names the blob in the cache.</param>
public sealed record HubFile(string Name, long Size, string Id);

/// <summary>A commit with its files.</summary>
public sealed record HubCommit(string Commit, IReadOnlyList<HubFile> Files);

/// <summary>Why the hub did not give what was asked for.</summary>
/// <param name="mayPass">The same request may succeed later.</param>
/// <param name="help">What to do about it.</param>
public sealed class HubException(string message, bool mayPass, string? help = null) : Exception(message)
{
    public bool MayPass { get; } = mayPass;

    public string? Help { get; } = help;

    /// <summary>The hub answered that there is no such thing.</summary>
    public bool IsMissing { get; init; }
}
