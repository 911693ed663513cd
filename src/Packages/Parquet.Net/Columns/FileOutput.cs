namespace Parquet.Columns;

/// <summary>The stream that is written to, with the position that footers refer to, also where the stream cannot tell it.</summary>
internal sealed class FileOutput(Stream stream)
{
    private long _written;

    public long Position => stream.CanSeek ? stream.Position : _written;

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        _written += bytes.Length;
    }
}
