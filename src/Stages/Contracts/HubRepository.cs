using System.Text.RegularExpressions;

namespace Pipelines.Stages.Contracts;

public enum HubKind
{
    Model,
    Dataset,
}

/// <summary>A repository of the Hugging Face hub at a revision.</summary>
/// <param name="Name"><c>organisation/name</c>, or a name alone for the oldest ones.</param>
/// <param name="Revision">A branch, a tag, or a whole commit.</param>
public sealed partial record HubRepository(HubKind Kind, string Name, string Revision)
{
    /// <summary>What a commit is pinned for, e.g. <c>models/camembert-base@main</c>.</summary>
    public string Source => $"{Plural}/{Name}@{Revision}";

    /// <summary><c>models</c> or <c>datasets</c>.</summary>
    public string Plural => Kind == HubKind.Model ? "models" : "datasets";

    /// <summary>The revision, where it is a commit and cannot move.</summary>
    public string? FixedCommit => IsCommit(Revision) ? Revision : null;

    public static bool IsCommit(string text) => Commit().IsMatch(text);

    /// <param name="parameter">That names the repository, for the error.</param>
    /// <exception cref="StageException">Name or revision are none that the hub could have.</exception>
    public static HubRepository Of(HubKind kind, string name, string revision, string parameter)
    {
        // Both become parts of paths and addresses: nothing may lead out of the cache.
        if (!RepositoryName().IsMatch(name) || name.Contains("..", StringComparison.Ordinal))
            throw new StageException($"'{name}' is no name of a repository on the hub.")
            {
                Help = "write it as the hub does: almanach/camembert-base",
                Parameter = parameter,
            };
        if (!RevisionName().IsMatch(revision) || revision.Contains("..", StringComparison.Ordinal))
            throw new StageException($"'{revision}' is no name of a revision.")
            {
                Help = "give a branch, a tag, or the 40 digits of a commit",
                Parameter = "revision",
            };
        return new(kind, name, revision);
    }

    [GeneratedRegex(@"^[A-Za-z0-9][\w.-]{0,95}(/[A-Za-z0-9][\w.-]{0,95})?\z")]
    private static partial Regex RepositoryName();

    [GeneratedRegex(@"^[A-Za-z0-9][\w.-]*(/[A-Za-z0-9][\w.-]*)*\z")]
    private static partial Regex RevisionName();

    [GeneratedRegex(@"^[0-9a-f]{40}\z")]
    private static partial Regex Commit();
}

/// <summary>Parameters of a stage that may load from the hub: its commit is known, and pinned, before anything runs.</summary>
public interface IFromHub
{
    /// <summary>Null: it loads from elsewhere.</summary>
    HubRepository? Repository { get; }
}
