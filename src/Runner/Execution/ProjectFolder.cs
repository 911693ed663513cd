namespace Pipelines.Runner.Execution;

/// <summary>What belongs to a project: only that is read into its pipeline or report, since the file that names it may be a
/// stranger's.</summary>
internal static class ProjectFolder
{
    /// <summary>Whether a path lies below the folder of a project once all links are followed; both are absolute.</summary>
    public static bool Holds(string root, string path) =>
        $"{Real(path)}/".StartsWith(Real(root).TrimEnd('/') + "/", StringComparison.Ordinal);

    // Link by link from the root of the file system, since a folder on the way may be one too.
    private static string Real(string path)
    {
        var real = "/";
        foreach (var part in Path.GetFullPath(path, "/").Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(real, part);
            real = new FileInfo(next).LinkTarget is not null && File.ResolveLinkTarget(next, returnFinalTarget: true) is { } target
                ? Real(target.FullName)
                : next;
        }
        return real;
    }
}
