using System.IO.Compression;

namespace Pipelines.Stages.Tables.Files;

/// <summary>
/// The content of a gzip file (RFC 1952), one or several members, read to its end or an error: check sum and length of every member, and
/// nothing after the last one but zeros, which tapes and block devices add. That a member is complete is checked by the switch
/// <c>System.IO.Compression.UseStrictValidation</c>, which every program of this repository sets.
/// </summary>
internal sealed class GzipContent : ReadOnlyStream
{
    private readonly CompressedBytes _compressed;
    private readonly GZipStream _content;

    public GzipContent(FileStream file)
    {
        _compressed = new(file);
        _content = new(_compressed, CompressionMode.Decompress);
    }

    public override int Read(Span<byte> buffer)
    {
        try
        {
            var count = _content.Read(buffer);
            if (count > 0 || _compressed.IsWhole)
                return count;
            throw new UnreadableFileException("after the compressed data comes something else")
            {
                Help = "nothing may follow a gzip archive but another one: make it again from the file it was made of",
            };
        }
        catch (InvalidDataException)
        {
            throw new UnreadableFileException(_compressed.HasEnded ? "the archive is cut short" : "the archive is damaged")
            {
                Help = "get the file again; 'gzip --test' says whether it is whole",
            };
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _content.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>
    /// The file, so handed out that its reader's last question shows where the archive ends: a decompressor asks for more bytes after the
    /// last member, and goes no further when it was given some that begin no other.
    /// </summary>
    private sealed class CompressedBytes(FileStream file) : ReadOnlyStream
    {
        // The end of a member has at most so many zeros: an empty block, a check sum and a length of 0.
        private const int MaxZerosOfMember = 10;

        // What is not zero ends here.
        private readonly long _zerosFrom = EndWithoutZeros(file);

        private long _position;

        /// <summary>Whether everything was asked for, and more.</summary>
        public bool HasEnded { get; private set; }

        public bool IsWhole => HasEnded || _position > _zerosFrom;

        public override int Read(Span<byte> buffer)
        {
            // Zeros come one at a time, so that the first one that is not taken is known.
            var most = _position < _zerosFrom ? Math.Min(buffer.Length, _zerosFrom - _position)
                : _position < _zerosFrom + MaxZerosOfMember ? 1
                : buffer.Length;
            var count = file.Read(buffer[..(int)most]);
            _position += count;
            HasEnded |= count == 0;
            return count;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                file.Dispose();
            base.Dispose(disposing);
        }

        private static long EndWithoutZeros(FileStream file)
        {
            var buffer = new byte[4096];
            for (var end = file.Length; end > 0;)
            {
                var start = Math.Max(0, end - buffer.Length);
                var piece = buffer.AsSpan(0, (int)(end - start));
                file.Position = start;
                file.ReadExactly(piece);
                if (piece.LastIndexOfAnyExcept((byte)0) is >= 0 and var last)
                {
                    file.Position = 0;
                    return start + last + 1;
                }
                end = start;
            }
            file.Position = 0;
            return 0;
        }
    }
}
