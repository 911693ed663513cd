namespace Pipelines.Runner.Storage;

/// <summary>Removes folders whose files may be read-only, which some systems refuse to delete.</summary>
internal static class FolderRemoval
{
    public static void Remove(string folder)
    {
        if (!Directory.Exists(folder))
            return;
        if (OperatingSystem.IsWindows())
            foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
                File.SetAttributes(file, FileAttributes.Normal);
        Directory.Delete(folder, recursive: true);
    }
}
