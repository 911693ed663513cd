namespace Pipelines.Runner.Storage;

/// <summary>The folder that paths in a pipeline file are relative to.</summary>
public static class ProjectRoot
{
    /// <summary>The nearest folder above the pipeline file that holds <c>.pipelines</c> or <c>.git</c>; else the file's own folder.</summary>
    public static string Of(string pipelineFile) => OfFolder(Path.GetDirectoryName(Path.GetFullPath(pipelineFile))!);

    /// <summary>The same for a pipeline file in this folder.</summary>
    public static string OfFolder(string own)
    {
        for (var folder = own; folder is not null; folder = Path.GetDirectoryName(folder))
            if (Directory.Exists(Path.Combine(folder, StoreLayout.FolderName)) || Path.Exists(Path.Combine(folder, ".git")))
                return folder;
        return own;
    }
}
