using Pipelines.Runner.Execution;

namespace Pipelines.Runner.Storage;

/// <summary>The folder that paths in a pipeline file are relative to.</summary>
public static class ProjectRoot
{
    /// <summary>
    /// The nearest folder above the pipeline file that holds <c>.pipelines</c> or <c>.git</c>. Where there is none, as in an archive that
    /// was just unpacked, the one that holds the file in its folder <c>pipelines/</c>; else the file's own folder.
    /// </summary>
    /// <param name="pipelineFile">An absolute path.</param>
    public static string Of(string pipelineFile) => OfFolder(Path.GetDirectoryName(pipelineFile)!);

    /// <summary>The same for a pipeline file in this folder.</summary>
    public static string OfFolder(string own) => Nearest(own, IsRoot) ?? Path.GetDirectoryName(Nearest(own, IsPipelines)) ?? own;

    private static string? Nearest(string own, Func<string, bool> fits)
    {
        for (var folder = own; folder is not null; folder = Path.GetDirectoryName(folder))
            if (fits(folder))
                return folder;
        return null;
    }

    private static bool IsRoot(string folder) =>
        Directory.Exists(Path.Combine(folder, StorePlace.FolderName)) || Path.Exists(Path.Combine(folder, ".git"));

    private static bool IsPipelines(string folder) => Path.GetFileName(folder) == "pipelines";
}
