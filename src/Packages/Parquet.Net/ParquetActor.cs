using System.Buffers.Binary;
using Parquet.Meta;
using Parquet.Thrift;

namespace Parquet;

/// <summary>What readers and writers share: the stream, the marks at both ends of a file and its footer.</summary>
public class ParquetActor
{
    /// <summary>Length of the footer (4 bytes) and the closing mark (4 bytes).</summary>
    private const int TailLength = 8;

    internal static ReadOnlySpan<byte> Magic => "PAR1"u8;

    private readonly Stream _stream;

    internal ParquetActor(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _stream = stream;
    }

    /// <summary>The stream that is read or written.</summary>
    protected Stream Stream => _stream;

    /// <summary>Reads both ends of the file.</summary>
    /// <exception cref="IOException">The stream is not a Parquet file.</exception>
    protected internal async Task ValidateFileAsync()
    {
        var ends = new byte[8];
        _stream.Seek(0, SeekOrigin.Begin);
        await _stream.ReadExactlyAsync(ends.AsMemory(0, 4)).ConfigureAwait(false);
        _stream.Seek(-4, SeekOrigin.End);
        await _stream.ReadExactlyAsync(ends.AsMemory(4, 4)).ConfigureAwait(false);
        if (!ends.AsSpan(0, 4).SequenceEqual(Magic) || !ends.AsSpan(4, 4).SequenceEqual(Magic))
        {
            throw new IOException(
                $"not a parquet file, head: {Convert.ToHexString(ends, 0, 4)}, tail: {Convert.ToHexString(ends, 4, 4)}");
        }
    }

    /// <summary>Moves to the first byte of the footer and returns the footer's length.</summary>
    internal async Task<int> SeekFooterAsync(CancellationToken cancellationToken)
    {
        if (_stream.Length < TailLength + Magic.Length)
        {
            throw new InvalidDataException("the file ends before its footer");
        }

        var tail = new byte[4];
        _stream.Seek(-TailLength, SeekOrigin.End);
        await _stream.ReadExactlyAsync(tail, cancellationToken).ConfigureAwait(false);
        var length = BinaryPrimitives.ReadInt32LittleEndian(tail);
        if (length <= 0 || length > _stream.Length - TailLength - Magic.Length)
        {
            throw new InvalidDataException($"the footer cannot be {length} bytes long in a file of {_stream.Length} bytes");
        }

        _stream.Seek(-TailLength - length, SeekOrigin.End);
        return length;
    }

    internal async Task<FileMetaData> ReadMetadataAsync(CancellationToken cancellationToken)
    {
        var footer = new byte[await SeekFooterAsync(cancellationToken).ConfigureAwait(false)];
        await _stream.ReadExactlyAsync(footer, cancellationToken).ConfigureAwait(false);
        return Parse(footer);
    }

    private static FileMetaData Parse(byte[] footer)
    {
        var reader = new CompactReader(footer);
        return FileMetaData.Read(ref reader);
    }
}
