using Pipelines.Runner.Execution;

namespace Pipelines.Runner.Storage;

/// <summary>A shared cache in a folder, say on a disk that all machines of a team have.</summary>
internal sealed class FolderPlace(string folder) : BlobPlace
{
    private int _written;

    public override string Name => folder;

    public override Task<bool> HasAsync(string blob, CancellationToken cancellation) =>
        Guarded(() => Task.FromResult(FileStamp.IsFile(PathOf(blob))));

    public override Task<bool> ReadAsync(string blob, Stream target, long maxBytes, CancellationToken cancellation) =>
        Guarded(async () =>
        {
            if (!FileStamp.IsFile(PathOf(blob)))
                return false;
            var source = new FileStream(PathOf(blob), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            await using (source.ConfigureAwait(false))
                await CopyAsync(blob, source, target, maxBytes, cancellation).ConfigureAwait(false);
            return true;
        });

    public override Task WriteAsync(string blob, Stream content, CancellationToken cancellation) => Guarded(async () =>
    {
        var path = PathOf(blob);
        // Two machines may write the same blob at once; whoever comes second replaces it by the same bytes.
        var number = Interlocked.Increment(ref _written);
        var unfinished = Path.Combine(
            folder, "tmp", FormattableString.Invariant($"{Environment.MachineName}-{Environment.ProcessId}-{number}"));
        Directory.CreateDirectory(Path.GetDirectoryName(unfinished)!);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            var target = new FileStream(unfinished, FileMode.Create, FileAccess.Write);
            await using (target.ConfigureAwait(false))
                await content.CopyToAsync(target, cancellation).ConfigureAwait(false);
            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
        return true;
    });

    private string PathOf(string blob) => Path.Combine(folder, blob);

    // A folder that is not there is most likely a disk that is not mounted, and nothing is made in its place.
    private async Task<T> Guarded<T>(Func<Task<T>> use)
    {
        try
        {
            return Directory.Exists(folder)
                ? await use().ConfigureAwait(false)
                : throw new SharingException("is no folder", SharingFault.Final);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SharingException($"cannot be used: {error.Message}", SharingFault.Answer);
        }
    }
}
