using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Storage;

/// <summary>The artifacts of the store, each a read-only folder named by its content.</summary>
internal sealed class ObjectFolders(StoreLayout layout, TemporaryFolders temporary, Action<string> step)
{
    /// <summary>What is wrong with an object by the list of its files, or null.</summary>
    /// <param name="files">As a result recorded them; null: as the object itself does.</param>
    public string? Check(ContentHash id, bool thorough, IReadOnlyList<StoredFile>? files = null)
    {
        var folder = layout.Object(id);
        if (!Directory.Exists(folder))
            return $"object missing: {id}";
        files ??= StoredFile.ReadList(folder);
        if (files is null)
            return $"object damaged: {id}, the list of its files is missing";
        var problem = files.Select(file => file.Check(folder, thorough)).FirstOrDefault(found => found is not null);
        return problem is null ? null : $"object damaged: {id}, {problem}";
    }

    /// <summary>Moves a finished artifact into the store and gives its files; one that is there already and whole stays.</summary>
    /// <exception cref="DamagedArtifactException">The artifact is handed on from an input that is not whole any more.</exception>
    public IReadOnlyList<StoredFile> Place(Artifact artifact)
    {
        var target = layout.Object(artifact.Id);
        // Equal tables may come in other row groups, so an object that is whole stays even where its bytes differ from the new ones:
        // results that point to it know its files.
        if (Whole(target) is { } there)
            return there;
        if (Path.GetFullPath(artifact.Directory) == target)
            throw new DamagedArtifactException(artifact, new InvalidDataException("it is not whole any more"));
        var files = Finish(artifact.Directory);
        step($"flushed {artifact.Id}");
        Durable.CreateFolder(Path.GetDirectoryName(target)!);
        if (!TryMove(artifact.Directory, target) && Replace(artifact, target) is { } placed)
            return placed;
        step($"placed {artifact.Id}");
        return files;
    }

    public void Evict(ContentHash id)
    {
        using var alone = Alone(id);
        MoveAside(id);
    }

    private void MoveAside(ContentHash id)
    {
        var folder = layout.Object(id);
        if (!Directory.Exists(folder))
            return;
        var aside = temporary.NewPath();
        Directory.Move(folder, aside);
        step($"evicted {id}");
        FolderRemoval.Remove(aside);
    }

    /// <returns>The files of an object that turned out to be whole; null: it was replaced.</returns>
    private IReadOnlyList<StoredFile>? Replace(Artifact artifact, string target)
    {
        using var alone = Alone(artifact.Id);
        if (Whole(target) is { } placed)
            return placed;
        MoveAside(artifact.Id);
        if (TryMove(artifact.Directory, target))
            return null;
        // Who found no object at all needs no lock, and may have been faster; if it was not that, the error comes again.
        if (Whole(target) is { } faster)
            return faster;
        Directory.Move(artifact.Directory, target);
        return null;
    }

    // Of two that find an object damaged, the second must not take away what the first has put in its place.
    private FingerprintLock Alone(ContentHash id) =>
        FingerprintLock.AcquireAsync(layout.Lock(id), _ => { }, CancellationToken.None).GetAwaiter().GetResult();

    private static bool TryMove(string folder, string target)
    {
        try
        {
            Directory.Move(folder, target);
            return true;
        }
        catch (IOException)
        {
            // There is an object already, most likely; the caller looks.
            return false;
        }
    }

    private static IReadOnlyList<StoredFile>? Whole(string folder) =>
        StoredFile.ReadList(folder) is { } files && files.All(file => file.Check(folder, thorough: true) is null) ? files : null;

    private static IReadOnlyList<StoredFile> Finish(string folder)
    {
        var files = StoredFile.AllIn(folder);
        StoredFile.WriteList(folder, files);
        Durable.Flush([folder, .. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories)]);
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            File.SetAttributes(path, File.GetAttributes(path) | FileAttributes.ReadOnly);
        return files;
    }
}
