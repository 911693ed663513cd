namespace Pipelines.Runner.Storage;

/// <summary>
/// Folders for what is being made, one a process, each alive as long as its lock file is held; those of dead processes are swept when the
/// first folder is made.
/// </summary>
internal sealed class TemporaryFolders(string root) : IDisposable
{
    private readonly Lock _gate = new();
    private FileStream? _held;
    private string _folder = "";
    private int _count;

    /// <summary>A path that nobody else uses; nothing is there yet.</summary>
    public string NewPath()
    {
        lock (_gate)
        {
            if (_held is null)
                Begin();
            return Path.Combine(_folder, FormattableString.Invariant($"{++_count}"));
        }
    }

    public string NewFolder() => Directory.CreateDirectory(NewPath()).FullName;

    public void Dispose()
    {
        if (_held is null)
            return;
        FolderRemoval.Remove(_folder);
        File.Delete(LockOf(_folder));
        _held.Dispose();
        _held = null;
    }

    private static string LockOf(string folder) => folder + ".lock";

    private void Begin()
    {
        Directory.CreateDirectory(root);
        foreach (var folder in Directory.EnumerateDirectories(root))
            RemoveIfDead(folder);
        _folder = Path.Combine(root, Guid.NewGuid().ToString("N"));
        _held = ExclusiveFile.TryOpen(LockOf(_folder)) ?? throw new IOException($"'{_folder}' is taken although its name is new.");
        Directory.CreateDirectory(_folder);
    }

    // The lock of a folder is taken before the folder is made, so a folder whose lock is free has no owner any more.
    private static void RemoveIfDead(string folder)
    {
        using var held = ExclusiveFile.TryOpen(LockOf(folder));
        if (held is null)
            return;
        FolderRemoval.Remove(folder);
        File.Delete(LockOf(folder));
    }
}
