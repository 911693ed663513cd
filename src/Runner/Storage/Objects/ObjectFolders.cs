using System.Collections.Concurrent;
using Pipelines.Runner.Execution;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Storage;

/// <summary>The artifacts of the store, each a read-only folder named by its content.</summary>
internal sealed class ObjectFolders(StoreLayout layout, TemporaryFolders temporary, Action<string> step)
{
    // What the file system says of the files of objects whose bytes were right.
    private readonly ConcurrentDictionary<ContentHash, IReadOnlyList<FileStamp?>> _whole = [];

    /// <summary>
    /// As a thorough check, but bytes that were right are not read again while the file system says that nobody wrote them.
    /// </summary>
    public string? CheckOnce(ContentHash id)
    {
        var stamps = StampsOf(id);
        if (_whole.TryGetValue(id, out var known) && known.SequenceEqual(stamps))
            return null;
        var problem = Check(id, thorough: true);
        if (problem is null)
            _whole[id] = stamps;
        return problem;
    }

    /// <summary>What is wrong with an object by the list of its files, or null.</summary>
    /// <param name="files">As a result recorded them; null: as the object itself does.</param>
    public string? Check(ContentHash id, bool thorough, IReadOnlyList<StoredFile>? files = null)
    {
        var folder = layout.Object(id);
        files ??= StoredFile.ReadList(folder);
        var problem = !FileStamp.IsFolder(folder) ? "it is no folder"
            : files is null ? "the list of its files is missing"
            : StoredFile.Problem(folder, files, thorough);
        return problem is null ? null : Directory.Exists(folder) ? $"object damaged: {id}, {problem}" : $"object missing: {id}";
    }

    /// <summary>The files of an artifact as they are in the store; null: it is not there, or not whole.</summary>
    // Equal tables may come in other row groups, so an object that is whole stays even where its bytes differ from the new ones:
    // results that point to it know its files.
    public IReadOnlyList<StoredFile>? Whole(Artifact artifact) => Whole(layout.Object(artifact.Id));

    /// <exception cref="DamagedArtifactException">The artifact is handed on from an input that is not whole any more.</exception>
    public void CheckIsNew(Artifact artifact)
    {
        if (Path.GetFullPath(artifact.Directory, layout.Root) == layout.Object(artifact.Id))
            throw new DamagedArtifactException(artifact, new InvalidDataException("it is not whole any more"));
    }

    /// <summary>Moves a finished artifact, whose contents are on the disk, to its place.</summary>
    /// <param name="names">Gets the folders whose names have to be flushed.</param>
    /// <returns>The files of what somebody else has put there meanwhile, or null.</returns>
    public IReadOnlyList<StoredFile>? Move(Artifact artifact, ICollection<string> names)
    {
        var target = layout.Object(artifact.Id);
        var parent = Path.GetDirectoryName(target)!;
        Durable.CreateFolder(parent, names);
        names.Add(parent);
        var others = TryMove(artifact.Directory, target) ? null : Replace(artifact, target);
        // Its bytes were hashed a moment ago, here or by whoever placed it.
        _whole[artifact.Id] = StampsOf(artifact.Id);
        step($"placed {artifact.Id}");
        return others;
    }

    /// <param name="evenWhole">Also when every byte is as it was written.</param>
    public void Evict(ContentHash id, bool evenWhole)
    {
        using var alone = Alone(id);
        // Another process may have put a whole one in its place meanwhile.
        if (evenWhole || Whole(layout.Object(id)) is null)
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
        // A process that found no object in place moves its own there without the lock, and may have been faster. If the move failed for
        // another reason, the next move throws it.
        if (Whole(target) is { } faster)
            return faster;
        Directory.Move(artifact.Directory, target);
        return null;
    }

    // When two processes find an object damaged, the second must not take away what the first has put in its place.
    private FingerprintLock Alone(ContentHash id) =>
        FingerprintLock.AcquireAsync(layout.Lock(id), _ => { }, CancellationToken.None).GetAwaiter().GetResult();

    private IReadOnlyList<FileStamp?> StampsOf(ContentHash id)
    {
        var folder = layout.Object(id);
        return [.. (StoredFile.ReadList(folder) ?? []).Select(file => FileStamp.OfRegular(Path.Combine(folder, file.Name)))];
    }

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
        StoredFile.ReadList(folder) is { } files && StoredFile.Problem(folder, files, thorough: true) is null ? files : null;
}
