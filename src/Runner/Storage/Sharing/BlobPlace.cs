namespace Pipelines.Runner.Storage;

/// <summary>
/// Where a team keeps results, as blobs named <c>ac/&lt;fingerprint&gt;</c> and <c>cas/&lt;sha256&gt;</c>: the names of Bazel's HTTP cache
/// protocol, in a folder too, so that a web server can serve the folder. Whatever goes wrong is a <see cref="SharingException"/>.
/// </summary>
internal abstract class BlobPlace : IDisposable
{
    /// <summary>For people; without secrets.</summary>
    public abstract string Name { get; }

    public abstract Task<bool> HasAsync(string blob, CancellationToken cancellation);

    /// <summary>Copies a blob; false: there is none.</summary>
    /// <param name="maxBytes">More is an error.</param>
    public abstract Task<bool> ReadAsync(string blob, Stream target, long maxBytes, CancellationToken cancellation);

    /// <summary>Puts a blob there, whole or not at all.</summary>
    public abstract Task WriteAsync(string blob, Stream content, CancellationToken cancellation);

    public virtual void Dispose()
    {
    }

    protected static async Task CopyAsync(string blob, Stream source, Stream target, long maxBytes, CancellationToken cancellation)
    {
        var buffer = new byte[1 << 16];
        for (var left = maxBytes; await source.ReadAsync(buffer, cancellation).ConfigureAwait(false) is > 0 and var read;)
        {
            left -= read;
            if (left < 0)
                throw new SharingException($"gives more for {blob} than there should be", SharingFault.Content);
            await target.WriteAsync(buffer.AsMemory(0, read), cancellation).ConfigureAwait(false);
        }
    }
}
