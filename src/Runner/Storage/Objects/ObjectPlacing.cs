using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Storage;

/// <summary>
/// Artifacts on their way into the store: first all their contents are flushed, together, then they are moved, then the names are flushed,
/// together. An artifact never has its name in the store before it is whole on the disk.
/// </summary>
internal sealed class ObjectPlacing
{
    private readonly ObjectFolders _store;
    private readonly List<Artifact> _moving = [];
    private readonly Dictionary<ContentHash, IReadOnlyList<StoredFile>> _files = [];

    /// <exception cref="DamagedArtifactException">An artifact is handed on from an input that is not whole any more.</exception>
    public ObjectPlacing(ObjectFolders store, IEnumerable<Artifact> artifacts)
    {
        _store = store;
        foreach (var artifact in artifacts)
            if (store.Whole(artifact) is { } there)
                _files.Add(artifact.Id, there);
            else
            {
                store.CheckIsNew(artifact);
                _files.Add(artifact.Id, Finish(artifact.Directory));
                _moving.Add(artifact);
            }
    }

    /// <summary>What has to be on the disk before anything is moved.</summary>
    public List<string> Unflushed { get; } = [];

    public IReadOnlyList<StoredObject> Objects => [.. _files.Select(item => new StoredObject(item.Key, item.Value))];

    /// <summary>Whether somebody else placed equal content in other files meanwhile.</summary>
    public bool FoundOthers { get; private set; }

    /// <returns>The folders whose names are not on the disk yet.</returns>
    public HashSet<string> Move()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var artifact in _moving)
            if (_store.Move(artifact, names) is { } others)
            {
                _files[artifact.Id] = others;
                FoundOthers = true;
            }
        return names;
    }

    private IReadOnlyList<StoredFile> Finish(string folder)
    {
        var files = StoredFile.AllIn(folder);
        StoredFile.WriteList(folder, files);
        Unflushed.AddRange(Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories));
        foreach (var path in files.Select(file => file.Name).Append(StoredFile.ListName).Select(name => Path.Combine(folder, name)))
        {
            Unflushed.Add(path);
            SetReadOnly(path);
        }
        Unflushed.Add(folder);
        return files;
    }

    private static void SetReadOnly(string path)
    {
        if (OperatingSystem.IsWindows())
            File.SetAttributes(path, File.GetAttributes(path) | FileAttributes.ReadOnly);
        else
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
    }
}
