namespace Pipelines.Runner.Storage;

/// <summary>The folder that paths in a pipeline file are relative to.</summary>
public static class ProjectRoot
{
    /// <summary>
    /// The nearest folder above the pipeline file that holds <c>.pipelines</c> or <c>.git</c>. Where there is none, as in an archive that
    /// was just unpacked, the one that holds <c>.gitignore</c> and, in <c>pipelines/</c>, the file; else the file's own folder.
    /// </summary>
    /// <param name="pipelineFile">An absolute path.</param>
    public static string Of(string pipelineFile) => OfFolder(Path.GetDirectoryName(pipelineFile)!);

    /// <summary>The same for a pipeline file in this folder.</summary>
    public static string OfFolder(string own) => Nearest(own, IsRoot) ?? Path.GetDirectoryName(Nearest(own, IsPipelinesOfProject)) ?? own;

    private static string? Nearest(string own, Func<string, bool> fits)
    {
        for (var folder = own; folder is not null; folder = Path.GetDirectoryName(folder))
            if (fits(folder))
                return folder;
        return null;
    }

    private static bool IsRoot(string folder) =>
        Directory.Exists(Path.Combine(folder, StoreLayout.FolderName)) || Path.Exists(Path.Combine(folder, ".git"));

    // A .gitignore alone proves little: some keep one for all their projects in their home folder.
    private static bool IsPipelinesOfProject(string folder) =>
        Path.GetFileName(folder) == "pipelines" && File.Exists(Path.Combine(folder, "..", ".gitignore"));
}
