using System.Runtime.CompilerServices;
using Pipelines.Runner.Terminal;

namespace Pipelines.Runner.Commands;

/// <summary><c>exec --watch</c>: runs, waits until a file is saved, runs again; a report that is open in a browser follows.</summary>
internal static class WatchLoop
{
    /// <param name="file">The pipeline file as it was typed.</param>
    /// <param name="once">Runs it, and tells the pipeline as soon as it is planned.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static async Task<int> RunAsync(
        Screen screen, string file, int port, Func<Action<OpenedPipeline>, CancellationToken, Task<int>> once,
        CancellationToken cancellation)
    {
        var root = Storage.ProjectRoot.Of(WorkingFolder.Absolute(file));
        await using var server = await ProjectServer.StartAsync(screen, root, port, cancellation).ConfigureAwait(false);
        var files = WatchedFiles.Of(WorkingFolder.Absolute(file));
        while (true)
        {
            files = files.Again();
            int code;
            // Torch serves one at a time in a process: who tries a model waits until the run is over.
            using (await server.Models.ReserveAsync(cancellation).ConfigureAwait(false))
                code = await CommandLine.GuardAsync(screen, ["exec"], () => once(opened => files = WatchedFiles.Of(opened), cancellation),
                    cancellation).ConfigureAwait(false);
            if (cancellation.IsCancellationRequested)
                return code;
            screen.Out.WriteLine(
                $"\nserves {server.Address} · waits until one of {Format.Count(files.Count, "file")} is saved · Ctrl-C ends");
            if (await SavedAsync(files, cancellation).ConfigureAwait(false) is not { } saved)
                return ExitCode.Done;
            screen.Out.WriteLine($"{Path.GetFileName(saved)} was saved\n");
        }
    }

    private static async Task<string?> SavedAsync(WatchedFiles files, CancellationToken cancellation)
    {
        try
        {
            return await files.ChangedAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return null;
        }
    }
}
