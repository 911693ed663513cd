namespace Pipelines.Runner.Storage;

/// <summary>
/// Folders for what is being made, one a process, each alive as long as its lock file is held; those of dead processes are swept when the
/// first folder is made. As long as there is one, the store's gate is held too, so that nothing is collected meanwhile.
/// </summary>
/// <param name="alone">Whether the caller holds the gate, alone.</param>
internal sealed class TemporaryFolders(StoreLayout layout, bool alone = false) : IDisposable
{
    private const string LockExtension = ".lock";

    private readonly Lock _gate = new();
    private readonly Stack<string> _free = [];
    private FileStream? _held;
    private FileStream? _store;
    private string _folder = "";
    private int _count;
    private int _inUse;

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

    /// <summary>An empty folder, until <see cref="Free"/>.</summary>
    public string NewFolder()
    {
        lock (_gate)
        {
            _inUse++;
            if (_held is not null && _free.TryPop(out var folder))
                return folder;
        }
        return Directory.CreateDirectory(NewPath()).FullName;
    }

    /// <summary>Empties a folder for the next execution: short stages would mostly wait for folders being made and removed.</summary>
    public void Free(string folder)
    {
        lock (_gate)
            _inUse--;
        if (!Directory.Exists(folder))
            return;
        foreach (var file in Directory.EnumerateFiles(folder))
            File.Delete(file);
        foreach (var inner in Directory.EnumerateDirectories(folder))
            FolderRemoval.Remove(inner);
        lock (_gate)
            _free.Push(folder);
    }

    /// <summary>As <see cref="Dispose"/>, unless a folder is still written into: then the next process removes all.</summary>
    public void DisposeIfUnused()
    {
        lock (_gate)
            if (_inUse == 0)
                Dispose();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_held is null)
                return;
            FolderRemoval.Remove(_folder);
            // The whole store may have been deleted meanwhile.
            if (File.Exists(LockOf(_folder)))
                File.Delete(LockOf(_folder));
            _held.Dispose();
            _store?.Dispose();
            _held = null;
            _free.Clear();
        }
    }

    private static string LockOf(string folder) => folder + LockExtension;

    private void Begin()
    {
        _store = alone ? null : StoreGate.Share(layout);
        Directory.CreateDirectory(layout.Temporary);
        foreach (var folder in Left())
            RemoveIfDead(folder);
        do
        {
            _held?.Dispose();
#pragma warning disable RS0030 // No other process may take this name.
            _folder = Path.Combine(layout.Temporary, Guid.NewGuid().ToString("N"));
#pragma warning restore RS0030
            _held = ExclusiveFile.TryOpen(LockOf(_folder));
        }
        // A process that sweeps may have held the lock in between, and removed it.
        while (_held is null || !File.Exists(LockOf(_folder)));
        Directory.CreateDirectory(_folder);
    }

    /// <summary>Folders, and locks of folders that a process was killed before it made; only such as this program names them.</summary>
    private List<string> Left() => [.. StoreFolder.Inner(layout.Temporary)
        .Concat(Directory.EnumerateFiles(layout.Temporary, "*" + LockExtension).Select(file => file[..^LockExtension.Length]))
        .Where(folder => Guid.TryParseExact(Path.GetFileName(folder), "N", out _)).Distinct()];

    // The lock of a folder is taken before the folder is made, so a folder whose lock is free has no owner any more.
    private static void RemoveIfDead(string folder)
    {
        using var held = Directory.Exists(folder) ? ExclusiveFile.TryOpen(LockOf(folder)) : ExclusiveFile.TryOpenOld(LockOf(folder));
        if (held is null)
            return;
        FolderRemoval.Remove(folder);
        File.Delete(LockOf(folder));
    }
}
