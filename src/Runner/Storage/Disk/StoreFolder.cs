using Pipelines.Runner.Execution;

namespace Pipelines.Runner.Storage;

/// <summary>
/// Folders that the runner writes to or removes. None is followed when it is a link: a link can come with a clone and lead anywhere,
/// so that cleaning up would delete, and keeping results would overwrite, what is not the project's.
/// </summary>
internal static class StoreFolder
{
    /// <exception cref="StorageException">It is a link.</exception>
    public static void Refuse(string path)
    {
        if (IsLink(path))
            throw new StorageException($"'{path}' is a link, and is not followed")
            {
                Help = $"remove the link; a store in another place is named by the environment variable {StorePlace.Variable}",
            };
    }

    public static bool IsLink(string path) => new FileInfo(path) is { LinkTarget: not null };

    /// <summary>The folders in a folder that are no links; none where there is no such folder.</summary>
    public static IEnumerable<string> Inner(string folder) => !Directory.Exists(folder) ? []
        : new DirectoryInfo(folder).EnumerateDirectories().Where(inner => inner.LinkTarget is null).Select(inner => inner.FullName);
}
