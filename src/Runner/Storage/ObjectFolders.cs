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
        Evict(artifact.Id);
        return Move(artifact, target);
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

    private IReadOnlyList<StoredFile> Move(Artifact artifact, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var files = Finish(artifact.Directory);
        step($"flushed {artifact.Id}");
        try
        {
            Directory.Move(artifact.Directory, target);
        }
        catch (IOException) when (Whole(target) is not null)
        {
            // Another process placed the same content a moment ago.
            files = Whole(target)!;
        }
        step($"placed {artifact.Id}");
        return files;
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
