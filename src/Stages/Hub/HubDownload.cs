using System.Net;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Hub;

/// <summary>Brings files of a commit into the cache: goes on where it was interrupted, and keeps only what has the size and the hash that
/// the hub names.</summary>
internal sealed class HubDownload(
    HubClient client, HubCache cache, HubRepository repository, string commit, TimeSpan firstPause,
    IProgress<StageProgress> progress, IStageLog log)
{
    private const int MaxAttempts = 4;
    private const int BufferSize = 1 << 20;

    private const string Changed =
        $"try again; if it stays, something between here and the hub changes what it sends ({HubAccess.EndpointVariable})";

    /// <exception cref="HubException">It did not come, or is not what the hub named.</exception>
    public async Task BringAsync(HubFile file, CancellationToken cancellation)
    {
        if (!ContentId.IsOne(file.Id))
            throw new HubException($"the hub names '{file.Name}' by '{file.Id}', which is no hash", mayPass: false);
        var blob = cache.BlobOf(file.Id);
        if (!File.Exists(blob) || ContentId.Of(blob, file.Id) != file.Id)
            await FetchAsync(file, blob, cancellation).ConfigureAwait(false);
        cache.Link(commit, file.Name, file.Id);
    }

    private async Task FetchAsync(HubFile file, string blob, CancellationToken cancellation)
    {
        var unfinished = blob + ".incomplete";
        for (var attempt = 1; ; attempt++)
            try
            {
                await AppendAsync(file, unfinished, cancellation).ConfigureAwait(false);
                break;
            }
            catch (HubException error) when (error.MayPass && attempt < MaxAttempts)
            {
                log.Info($"{error.Message}; going on with '{file.Name}'.");
                await Task.Delay(firstPause * Math.Pow(2, attempt - 1), cancellation).ConfigureAwait(false);
            }
        var id = ContentId.Of(unfinished, file.Id);
        if (id != file.Id)
        {
            // What is wrong in it is not known, so nothing of it is worth going on with.
            File.Delete(unfinished);
            throw new HubException($"'{file.Name}' has the hash {id}, and the hub names {file.Id}", mayPass: true, Changed);
        }
        File.Move(unfinished, blob, overwrite: true);
    }

    private async Task AppendAsync(HubFile file, string unfinished, CancellationToken cancellation)
    {
        var stream = OpenAlone(unfinished);
        await using var _ = stream.ConfigureAwait(false);
        if (stream.Length > file.Size)
            stream.SetLength(0);
        if (stream.Length == file.Size)
            return;
        using var response = await client.FileAsync(repository, commit, file.Name, stream.Length, cancellation).ConfigureAwait(false);
        // A server that does not know ranges sends all of it.
        if (response.StatusCode != HttpStatusCode.PartialContent || response.Content.Headers.ContentRange?.From != stream.Length)
            stream.SetLength(0);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            throw new HubException($"the hub does not go on with '{file.Name}'", mayPass: true);
        stream.Seek(0, SeekOrigin.End);
        var body = await client.InTimeAsync(stop => response.Content.ReadAsStreamAsync(stop), cancellation).ConfigureAwait(false);
        var buffer = new byte[BufferSize];
        while (stream.Length <= file.Size)
        {
            var read = await client.InTimeAsync(stop => body.ReadAsync(buffer, stop).AsTask(), cancellation).ConfigureAwait(false);
            if (read == 0)
                break;
            await stream.WriteAsync(buffer.AsMemory(0, read), cancellation).ConfigureAwait(false);
            progress.Report(new(stream.Length, file.Size, "bytes") { Note = file.Name });
        }
        await stream.FlushAsync(cancellation).ConfigureAwait(false);
        Check(file, stream);
    }

    private static void Check(HubFile file, FileStream stream)
    {
        var length = stream.Length;
        if (length < file.Size)
            throw new HubException($"'{file.Name}' broke off after {length} of {file.Size} bytes", mayPass: true);
        if (length == file.Size)
            return;
        stream.SetLength(0);
        throw new HubException($"'{file.Name}' is longer than the {file.Size} bytes that the hub names", mayPass: false, Changed);
    }

    private static FileStream OpenAlone(string path)
    {
        try
        {
            return new(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        }
        catch (IOException error) when (error is not (FileNotFoundException or DirectoryNotFoundException) && File.Exists(path))
        {
            throw new HubException($"another process is fetching '{path}'", mayPass: true, "wait until it is done, and run again");
        }
    }
}
