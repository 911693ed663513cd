using System.Collections.Concurrent;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Storage;

/// <summary>The store under <c>.pipelines/v1</c>; safe for several processes at once and for any of them to be killed.</summary>
public sealed class ArtifactStore : IArtifactStore, IDisposable
{
    // Below, waking other threads takes longer than reading.
    private const int MinToRead = 100;

    private static readonly Fingerprint AddedLater = new([]);

    private readonly StoreLayout _layout;
    private readonly TemporaryFolders _temporary;
    private readonly ObjectFolders _objects;
    private readonly Func<string, IArtifactWriter> _writer;
    private readonly Action<string> _step;
    private readonly ConcurrentDictionary<ContentHash, StoredResult> _expected = [];

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

    public void Expect(IReadOnlyCollection<ContentHash> fingerprints)
    {
        if (fingerprints.Count < MinToRead)
            return;
        // Many results share objects, e.g. one card.
        ConcurrentDictionary<ContentHash, CheckedObject> known = [];
        Parallel.ForEach(fingerprints.Where(fingerprint => !_expected.ContainsKey(fingerprint)), fingerprint => _expected[fingerprint] = Read(fingerprint, AddedLater, CheckOnce));

        string? CheckOnce(StoredObject stored)
        {
            if (!known.TryGetValue(stored.Id, out var before) || !before.Files.SequenceEqual(stored.Files))
                known[stored.Id] = before = new(stored.Files, Check(stored));
            return before.Problem;
        }
    }

    public StoredResult Find(ContentHash fingerprint, Fingerprint? known = null) =>
        known is null || !_expected.TryRemove(fingerprint, out var found) ? Read(fingerprint, known, Check)
        : found.Action is null ? found
        : new(found.Action with { Fingerprint = known }, null);

    public IDisposable Keep() => Writing(() => StoreGate.Share(_layout));

    public Task<IDisposable> LockAsync(ContentHash fingerprint, Action<string> waitingFor, CancellationToken cancellation) => WritingAsync(
        async () => (IDisposable)await FingerprintLock.AcquireAsync(_layout.Lock(fingerprint), waitingFor, cancellation).ConfigureAwait(false));

    public StageWorkspace Open(ContentHash fingerprint, bool fresh) => Writing(() =>
    {
        var work = _layout.Work(fingerprint);
        if (fresh)
            FolderRemoval.Remove(work);
        var folder = _temporary.NewFolder();
        return new StageWorkspace(Path.Combine(folder, "scratch"), work, _writer(folder))
        {
            BytesWritten = () => CacheInventory.SizeOf(folder),
            Clean = () =>
            {
                _temporary.Free(folder);
                if (Directory.Exists(work) && !Directory.EnumerateFileSystemEntries(work).Any())
                    Directory.Delete(work);
            },
        };
    });

    public ArtifactSet Place(ArtifactSet outputs) => Writing(() =>
    {
        var placing = new ObjectPlacing(_objects, Distinct(outputs));
        Durable.Flush(placing.Unflushed);
        Durable.Flush(placing.Move());
        return InStore(outputs);
    });

    public ActionRecord Commit(ActionRecord action) => Writing(() =>
    {
        var placing = new ObjectPlacing(_objects, Distinct(action.Outputs));
        var committed = action with { Outputs = InStore(action.Outputs), Bytes = placing.Objects.Sum(stored => stored.Bytes) };
        var temporary = _temporary.NewPath();
        File.WriteAllBytes(temporary, new ActionFile(committed, placing.Objects).ToBytes());
        Durable.Flush([temporary, .. placing.Unflushed]);
        _step("flushed");
        var names = placing.Move();
        if (placing.FoundOthers)
        {
            File.WriteAllBytes(temporary, new ActionFile(committed, placing.Objects).ToBytes());
            Durable.Flush(temporary);
        }
        var path = _layout.Action(action.Fingerprint.Hash);
        Durable.CreateFolder(Path.GetDirectoryName(path)!, names);
        _step("about to commit");
        File.Move(temporary, path, overwrite: true);
        _step("renamed");
        Durable.Flush(names.Append(Path.GetDirectoryName(path)!));
        _step("committed");
        FolderRemoval.Remove(_layout.Work(action.Fingerprint.Hash));
        return committed;
    });

    public string? Verify(Artifact artifact, bool thorough) => _objects.Check(artifact.Id, thorough);

    public void Evict(Artifact artifact, bool evenWhole) => Writing(() =>
    {
        _objects.Evict(artifact.Id, evenWhole);
        _expected.Clear();
        return true;
    });

    public void Tidy() => _temporary.Dispose();

    public void Dispose() => Tidy();

    private string? Check(StoredObject stored) => _objects.Check(stored.Id, thorough: false, stored.Files);

    private StoredResult Read(ContentHash fingerprint, Fingerprint? known, Func<StoredObject, string?> check)
    {
        ReadOnlySpan<byte> bytes;
        try
        {
            if (!SmallFile.TryRead(_layout.Action(fingerprint), out bytes))
                return new(null, StoredResult.NeverRan);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new(null, $"unreadable action file: {error.Message}");
        }
        var (file, problem) = ActionFile.Parse(bytes, fingerprint, _layout, known);
        if (file is null)
            return new(null, problem);
        foreach (var stored in file.Objects)
            if (check(stored) is { } damage)
                return new(null, damage);
        return new(file.Action, null);
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
        catch (DirectoryNotFoundException error) when (!Directory.Exists(_layout.Temporary))
        {
            throw new StorageException($"the store {_layout.Root} was removed during the run", error) { Help = "run again: everything is made again" };
        }
    }

    // The error number of a read-only file system (EROFS).
    private const int ReadOnlyFileSystem = 30;

    private StorageException NotWritable(Exception error) => new($"the store {_layout.Root} cannot be written: {error.Message}", error)
    {
        Help = "make it writable; results that are already there can be read as they are",
    };

    private sealed record CheckedObject(IReadOnlyList<StoredFile> Files, string? Problem);
}
