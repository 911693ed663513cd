using System.CommandLine;
using Pipelines.Runner.Storage;
using Pipelines.Runner.Terminal;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables;

namespace Pipelines.Runner.Commands;

/// <summary><c>cache push</c> and <c>cache pull</c>: the results that lock files name, to and from the shared cache.</summary>
internal static class SharedResults
{
    private const int SideBySide = 4;

    public static Command Push(Screen screen) =>
        Create(screen, "push", "Gives the results that lock files name to the shared cache.", "pushed", PushAsync);

    public static Command Pull(Screen screen) =>
        Create(screen, "pull", "Fetches the results that lock files name from the shared cache.", "pulled", PullAsync);

    /// <summary>What was given, and a warning where something went wrong.</summary>
    public static async Task<SharedCount> PushAsync(
        ArtifactStore store, SharedCache cache, IEnumerable<ContentHash> results, CancellationToken cancellation)
    {
        var (moved, there, missing, bytes) = (0, 0, 0, 0L);
        await Parallel.ForEachAsync(results.Distinct(), Options(cancellation), async (result, stop) =>
        {
            var sent = await cache.PushAsync(store, result, stop).ConfigureAwait(false);
            Interlocked.Add(ref bytes, sent ?? 0);
            Interlocked.Increment(ref sent is null ? ref missing : ref sent == 0 ? ref there : ref moved);
        }).ConfigureAwait(false);
        return new(moved, there, missing, bytes);
    }

    private static async Task<SharedCount> PullAsync(
        ArtifactStore store, SharedCache cache, IEnumerable<ContentHash> results, CancellationToken cancellation)
    {
        var (moved, there, missing, bytes) = (0, 0, 0, 0L);
        using var kept = store.Keep();
        await Parallel.ForEachAsync(results.Distinct(), Options(cancellation), async (result, stop) =>
        {
            if (store.Find(result).Action is not null)
            {
                Interlocked.Increment(ref there);
                return;
            }
            using var claim = await store.ClaimAsync(result, new(result, IsKept: true), _ => { }, stop).ConfigureAwait(false);
            var fetched = await claim.FetchAsync(stop).ConfigureAwait(false);
            Interlocked.Add(ref bytes, fetched?.Bytes ?? 0);
            Interlocked.Increment(ref fetched is null ? ref missing : ref moved);
        }).ConfigureAwait(false);
        return new(moved, there, missing, bytes);
    }

    private static Command Create(Screen screen, string name, string description, string done,
        Func<ArtifactStore, SharedCache, IEnumerable<ContentHash>, CancellationToken, Task<SharedCount>> move)
    {
        var pipelines = new Argument<string[]>("pipeline") { Description = "Pipeline files; without one, all that have a lock file." };
        var command = new Command(name, description) { pipelines };
        command.SetAction(async (arguments, cancellation) =>
        {
            using var cache = CacheSettings.Get(CacheSettings.Environment);
            var files = arguments.GetValue(pipelines) ?? [];
            var root = files.Length > 0 ? ProjectRoot.Of(WorkingFolder.Absolute(files[0])) : ProjectRoot.OfFolder(WorkingFolder.Path);
            var locks = files.Length > 0 ? files.Select(Locked) : LockFiles.Of(root);
            using ArtifactStore store = new(root, folder => new ArtifactWriter(folder)) { Shared = cache };
            var results = locks.SelectMany(one => one.Stages.Values).Select(stage => stage.Fingerprint).ToList();
            var count = await move(store, cache, results, cancellation).ConfigureAwait(false);
            if (cache.Problem is { } problem)
                screen.Error.WriteLine($"warning: {problem}");
            screen.Out.WriteLine(count.Line(done, cache.Name));
            return count.Missing == 0 ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static PipelineLock Locked(string pipeline)
    {
        var path = PipelineLock.PathFor(WorkingFolder.Absolute(pipeline));
        return PipelineLock.Read(path) ?? throw new UsageException(
            File.Exists(path) ? $"'{path}' is no lock file of this version" : $"there is no lock file '{path}'",
            $"./runner exec {pipeline} writes it when every stage is done");
    }

    private static ParallelOptions Options(CancellationToken cancellation) =>
        new() { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellation };
}

/// <summary>How many results went to or came from a shared cache.</summary>
/// <param name="There">That were there already.</param>
/// <param name="Missing">That are not whole where they were to come from, or could not be moved.</param>
internal sealed record SharedCount(int Moved, int There, int Missing, long Bytes)
{
    public string Line(string done, string place) =>
        $"{done} {Format.Count(Moved, "result")}, {Format.Bytes(Bytes)}, {Format.Count(There)} there already"
        + (Missing == 0 ? "" : $", {Format.Count(Missing)} not to be had") + $" · {place}";
}
