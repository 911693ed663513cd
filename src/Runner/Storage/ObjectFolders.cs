using System.Collections.Concurrent;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Storage;

/// <summary>The artifacts of the store, each a read-only folder named by its content.</summary>
internal sealed class ObjectFolders(StoreLayout layout, TemporaryFolders temporary, Action<string> step)
{
    private readonly ConcurrentDictionary<ContentHash, IReadOnlyList<StoredFile>> _known = [];

    /// <summary>Remembers what files an object consists of, so that it can be checked later.</summary>
    public void Remember(ContentHash id, IReadOnlyList<StoredFile> files) => _known[id] = files;

    /// <summary>What is wrong with an object, or null; of one never seen before, only whether it is there.</summary>
    public string? Check(ContentHash id, bool thorough)
    {
        var folder = layout.Object(id);
        if (!Directory.Exists(folder))
            return $"object missing: {id}";
        var problem = _known.TryGetValue(id, out var files)
            ? files.Select(file => file.Check(folder, thorough)).FirstOrDefault(found => found is not null)
            : null;
        return problem is null ? null : $"object damaged: {id}, {problem}";
    }

    /// <summary>Moves a finished artifact into the store and gives its files; one that is there already and whole stays.</summary>
    public IReadOnlyList<StoredFile> Place(Artifact artifact)
    {
        var target = layout.Object(artifact.Id);
        if (Path.GetFullPath(artifact.Directory) == target)
            return KeepAsItIs(artifact.Id, target);
        var files = StoredFile.AllIn(artifact.Directory);
        step($"hashed {artifact.Id}");
        MakeReadOnly(artifact.Directory, files);
        step($"flushed {artifact.Id}");
        var parent = Directory.CreateDirectory(Path.GetDirectoryName(target)!).FullName;
        if (Directory.Exists(target) && files.Any(file => file.Check(target, thorough: true) is not null))
            Evict(artifact.Id);
        if (!Directory.Exists(target))
            Move(artifact.Directory, target, files);
        Durable.FlushFolder(parent);
        Durable.FlushFolder(layout.Objects);
        step($"placed {artifact.Id}");
        Remember(artifact.Id, files);
        return files;
    }

    public void Evict(ContentHash id)
    {
        var folder = layout.Object(id);
        if (!Directory.Exists(folder))
            return;
        var aside = temporary.NewPath();
        Directory.Move(folder, aside);
        step($"evicted {id}");
        FolderRemoval.Remove(aside);
    }

    // A stage may hand on an artifact it was given, as 'select/best' does.
    private IReadOnlyList<StoredFile> KeepAsItIs(ContentHash id, string folder) =>
        _known.TryGetValue(id, out var known) ? known : StoredFile.AllIn(folder);

    private static void Move(string from, string to, IReadOnlyList<StoredFile> files)
    {
        try
        {
            Directory.Move(from, to);
        }
        catch (IOException) when (Directory.Exists(to) && files.All(file => file.Check(to, thorough: true) is null))
        {
            // Another process placed the same content a moment ago.
        }
    }

    private static void MakeReadOnly(string folder, IReadOnlyList<StoredFile> files)
    {
        foreach (var path in files.Select(file => Path.Combine(folder, file.Name)))
        {
            Durable.FlushFile(path);
            File.SetAttributes(path, File.GetAttributes(path) | FileAttributes.ReadOnly);
        }
        foreach (var inner in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories))
            Durable.FlushFolder(inner);
        Durable.FlushFolder(folder);
    }
}
