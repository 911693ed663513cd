using Pipelines.Runner.Execution;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Storage;

/// <summary>The store under <c>.pipelines/v1</c>; safe for several processes at once and for any of them to be killed.</summary>
public sealed class ArtifactStore : IArtifactStore, IDisposable
{
    private readonly StoreLayout _layout;
    private readonly TemporaryFolders _temporary;
    private readonly ObjectFolders _objects;
    private readonly Func<string, IArtifactWriter> _writer;
    private readonly Action<string> _step;

    /// <param name="writer">Makes the writer of artifacts into a folder.</param>
    public ArtifactStore(string projectRoot, Func<string, IArtifactWriter> writer)
        : this(projectRoot, writer, _ => { })
    {
    }

    /// <param name="step">Called after each step that changes the disk, so that tests can stop there.</param>
    internal ArtifactStore(string projectRoot, Func<string, IArtifactWriter> writer, Action<string> step)
    {
        _layout = new(projectRoot);
        _temporary = new(_layout);
        _objects = new(_layout, _temporary, step);
        _writer = writer;
        _step = step;
    }

    public StoredResult Find(ContentHash fingerprint)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(_layout.Action(fingerprint));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return new(null, StoredResult.NeverRan);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new(null, $"unreadable action file: {error.Message}");
        }
        var (file, problem) = ActionFile.Parse(bytes, fingerprint, _layout);
        if (file is null)
            return new(null, problem);
        var damage = file.Objects.Select(stored => _objects.Check(stored.Id, thorough: false, stored.Files)).FirstOrDefault(found => found is not null);
        return damage is null ? new(file.Action, null) : new(null, damage);
    }

    public Task<IDisposable> LockAsync(ContentHash fingerprint, Action<string> waitingFor, CancellationToken cancellation) => WritingAsync(
        async () => (IDisposable)await FingerprintLock.AcquireAsync(_layout.Lock(fingerprint), waitingFor, cancellation).ConfigureAwait(false));

    public StageWorkspace Open(ContentHash fingerprint, bool fresh) => Writing(() =>
    {
        var work = _layout.Work(fingerprint);
        if (fresh)
            FolderRemoval.Remove(work);
        Directory.CreateDirectory(work);
        var folder = _temporary.NewFolder();
        var scratch = Directory.CreateDirectory(Path.Combine(folder, "scratch")).FullName;
        var artifacts = Directory.CreateDirectory(Path.Combine(folder, "artifacts")).FullName;
        return new StageWorkspace(scratch, work, _writer(artifacts))
        {
            Clean = () =>
            {
                FolderRemoval.Remove(folder);
                if (Directory.Exists(work) && !Directory.EnumerateFileSystemEntries(work).Any())
                    Directory.Delete(work);
            },
        };
    });

    public ArtifactSet Place(ArtifactSet outputs) => Writing(() =>
    {
        foreach (var artifact in Distinct(outputs))
            _objects.Place(artifact);
        return InStore(outputs);
    });

    public ActionRecord Commit(ActionRecord action) => Writing(() =>
    {
        var objects = Distinct(action.Outputs).Select(artifact => new StoredObject(artifact.Id, _objects.Place(artifact))).ToList();
        var committed = action with { Outputs = InStore(action.Outputs) };
        Write(new(committed, objects));
        FolderRemoval.Remove(_layout.Work(action.Fingerprint.Hash));
        return committed;
    });

    public string? Verify(Artifact artifact, bool thorough) => _objects.Check(artifact.Id, thorough);

    public void Evict(Artifact artifact) => Writing(() =>
    {
        _objects.Evict(artifact.Id);
        return true;
    });

    public void Tidy() => _temporary.Dispose();

    public void Dispose() => Tidy();

    // The names of the objects are on the disk before the name of the action file that points to them.
    private void Write(ActionFile file)
    {
        var path = _layout.Action(file.Action.Fingerprint.Hash);
        var folder = Path.GetDirectoryName(path)!;
        Durable.CreateFolder(folder);
        var temporary = _temporary.NewPath();
        File.WriteAllBytes(temporary, file.ToBytes());
        Durable.Flush([temporary, .. file.Objects.Select(stored => Path.GetDirectoryName(_layout.Object(stored.Id))!).Distinct()]);
        _step("about to commit");
        File.Move(temporary, path, overwrite: true);
        Durable.Flush(folder);
        _step("committed");
    }

    private static IEnumerable<Artifact> Distinct(ArtifactSet outputs) =>
        outputs.ByPort.Values.SelectMany(port => port).DistinctBy(artifact => artifact.Id);

    private ArtifactSet InStore(ArtifactSet outputs) => new(outputs.ByPort.ToDictionary(
        port => port.Key,
        port => (IReadOnlyList<Artifact>)[.. port.Value.Select(artifact => artifact with { Directory = _layout.Object(artifact.Id) })],
        StringComparer.Ordinal));

    private T Writing<T>(Func<T> write) => WritingAsync(() => Task.FromResult(write())).GetAwaiter().GetResult();

    private async Task<T> WritingAsync<T>(Func<Task<T>> write)
    {
        try
        {
            return await write().ConfigureAwait(false);
        }
        catch (UnauthorizedAccessException error)
        {
            throw NotWritable(error);
        }
        catch (IOException error) when (error.HResult == ReadOnlyFileSystem)
        {
            throw NotWritable(error);
        }
    }

    // The error number of a read-only file system (EROFS).
    private const int ReadOnlyFileSystem = 30;

    private StorageException NotWritable(Exception error) => new($"the store {_layout.Root} cannot be written: {error.Message}", error)
    {
        Help = "make it writable; results that are already there can be read as they are",
    };
}
