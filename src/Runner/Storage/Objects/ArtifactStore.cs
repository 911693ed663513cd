using System.Collections.Concurrent;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Storage;

/// <summary>The store under <c>.pipelines/v1</c>; safe for several processes at once and for any of them to be killed.</summary>
public sealed class ArtifactStore : IArtifactStore, IDisposable
{
    // For fewer results, waking other threads takes longer than reading them.
    private const int MinToRead = 100;

    private static readonly Fingerprint AddedLater = new([]);

    // The error number of a read-only file system (EROFS).
    private const int ReadOnlyFileSystem = 30;

    private readonly ConcurrentDictionary<ContentHash, StoredResult> _expected = [];

    /// <param name="writer">Makes the writer of artifacts into a folder.</param>
    public ArtifactStore(string projectRoot, Func<string, IArtifactWriter> writer)
        : this(projectRoot, writer, _ => { })
    {
    }

    /// <param name="step">Called after each step that changes the disk, so that tests can stop there.</param>
    internal ArtifactStore(string projectRoot, Func<string, IArtifactWriter> writer, Action<string> step)
    {
        Layout = new(projectRoot);
        Temporary = new(Layout);
        Objects = new(Layout, Temporary, step);
        (Writer, Step) = (writer, step);
    }

    /// <summary>Asked for results that are to be made; null: there is none.</summary>
    public SharedCache? Shared { get; init; }

    internal StoreLayout Layout { get; }

    internal TemporaryFolders Temporary { get; }

    internal ObjectFolders Objects { get; }

    internal Func<string, IArtifactWriter> Writer { get; }

    internal Action<string> Step { get; }

    public void Expect(IReadOnlyCollection<ContentHash> fingerprints)
    {
        if (fingerprints.Count < MinToRead)
            return;
        // Many results share objects, e.g. one card.
        ConcurrentDictionary<ContentHash, CheckedObject> known = [];
        Parallel.ForEach(fingerprints.Where(fingerprint => !_expected.ContainsKey(fingerprint)),
            fingerprint => _expected[fingerprint] = Read(fingerprint, AddedLater, CheckOnce));

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

    public IDisposable Keep() => new KeptStore(Writing(() => StoreGate.Share(Layout)), Temporary);

    public Task<IResultClaim> ClaimAsync(
        ContentHash fingerprint, WorkFolder work, Action<string> waitingFor, CancellationToken cancellation) => WritingAsync(async () =>
    {
        var held = await FingerprintLock.AcquireAsync(Layout.Lock(fingerprint), waitingFor, cancellation).ConfigureAwait(false);
        if (work.Key == fingerprint)
            return (IResultClaim)new ResultClaim(this, fingerprint, work, held);
        try
        {
            // Always after that of the fingerprint, so that no two processes wait for each other.
            return new ResultClaim(this, fingerprint, work, held,
                await FingerprintLock.AcquireAsync(Layout.Lock(work.Key), waitingFor, cancellation).ConfigureAwait(false));
        }
        catch
        {
            held.Dispose();
            throw;
        }
    });

    public string? Verify(Artifact artifact, bool again) =>
        again ? Objects.Check(artifact.Id, thorough: true) : Objects.CheckOnce(artifact.Id);

    public void Evict(Artifact artifact, bool evenWhole) => Writing(() =>
    {
        Objects.Evict(artifact.Id, evenWhole);
        _expected.Clear();
        return true;
    });

    public void Dispose() => Temporary.Dispose();

    /// <summary>A result of which every byte is as it was committed, or null.</summary>
    internal ActionFile? WholeResult(ContentHash fingerprint) =>
        SmallFile.TryRead(Layout.Action(fingerprint), out var bytes) && ActionFile.Parse(bytes, fingerprint, Layout).File is { } file
            && file.Objects.All(stored => Objects.Check(stored.Id, thorough: true, stored.Files) is null)
            ? file
            : null;

    private string? Check(StoredObject stored) => Objects.Check(stored.Id, thorough: false, stored.Files);

    private StoredResult Read(ContentHash fingerprint, Fingerprint? known, Func<StoredObject, string?> check)
    {
        ReadOnlySpan<byte> bytes;
        try
        {
            if (!SmallFile.TryRead(Layout.Action(fingerprint), out bytes))
                return new(null, StoredResult.NeverRan);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new(null, $"unreadable action file: {error.Message}");
        }
        var (file, problem) = ActionFile.Parse(bytes, fingerprint, Layout, known);
        if (file is null)
            return new(null, problem);
        foreach (var stored in file.Objects)
            if (check(stored) is { } damage)
                return new(null, damage);
        return new(file.Action, null);
    }

    /// <summary>Turns a disk that refuses into words for the user.</summary>
    /// <exception cref="StorageException">The store cannot be written.</exception>
    internal T Writing<T>(Func<T> write) => WritingAsync(() => Task.FromResult(write())).GetAwaiter().GetResult();

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
        catch (DirectoryNotFoundException error) when (!Directory.Exists(Layout.Temporary))
        {
            throw new StorageException($"the store {Layout.Root} was removed during the run", error)
            {
                Help = "run again: everything is made again",
            };
        }
    }

    private StorageException NotWritable(Exception error) => new($"the store {Layout.Root} cannot be written: {error.Message}", error)
    {
        Help = "make it writable; results that are already there can be read as they are",
    };

    private sealed record CheckedObject(IReadOnlyList<StoredFile> Files, string? Problem);

    /// <summary>What is held while a run goes on.</summary>
    private sealed class KeptStore(FileStream gate, TemporaryFolders temporary) : IDisposable
    {
        public void Dispose()
        {
            temporary.DisposeIfUnused();
            gate.Dispose();
        }
    }
}
