using Pipelines.Runner.Storage;

namespace Pipelines.Tests.Runner.Storage.Sharing;

/// <summary>A shared cache in memory that may give something else than it was given.</summary>
internal sealed class MemoryPlace : BlobPlace
{
    public Dictionary<string, byte[]> Blobs { get; } = new(StringComparer.Ordinal);

    public Func<string, byte[], byte[]> Given { get; set; } = (_, content) => content;

    public List<string> Read { get; } = [];

    public override string Name => "memory";

    public override Task<bool> HasAsync(string blob, CancellationToken cancellation) => Task.FromResult(Blobs.ContainsKey(blob));

    public override async Task<bool> ReadAsync(string blob, Stream target, long maxBytes, CancellationToken cancellation)
    {
        Read.Add(blob);
        if (!Blobs.TryGetValue(blob, out var content))
            return false;
        using MemoryStream source = new(Given(blob, content));
        await CopyAsync(blob, source, target, maxBytes, cancellation);
        return true;
    }

    public override async Task WriteAsync(string blob, Stream content, CancellationToken cancellation)
    {
        using MemoryStream copy = new();
        await content.CopyToAsync(copy, cancellation);
        Blobs[blob] = copy.ToArray();
    }
}
