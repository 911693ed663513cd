using System.Runtime.Versioning;

namespace Pipelines.Runner.Storage;

/// <summary>
/// Removes folders whose files may be read-only, which some systems refuse to delete, or whose folders are, which all refuse.
/// </summary>
internal static class FolderRemoval
{
    private const UnixFileMode Open = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static void Remove(string folder)
    {
        if (StoreFolder.IsLink(folder))
        {
            // The link goes, not what it leads to.
            File.Delete(folder);
            return;
        }
        if (!Directory.Exists(folder))
            return;
        if (OperatingSystem.IsWindows())
            foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
                File.SetAttributes(file, FileAttributes.Normal);
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (UnauthorizedAccessException) when (!OperatingSystem.IsWindows())
        {
            // A command may have unpacked or copied folders that are read-only.
            OpenUp(new(folder));
            Directory.Delete(folder, recursive: true);
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static void OpenUp(DirectoryInfo folder)
    {
        folder.UnixFileMode |= Open;
        foreach (var inner in folder.EnumerateDirectories())
            if (inner.LinkTarget is null)
                OpenUp(inner);
    }
}
