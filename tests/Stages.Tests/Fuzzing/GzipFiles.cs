using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Pipelines.Stages.Tables.Files;

namespace Pipelines.Tests.Stages.Fuzzing;

/// <summary>Gzip (RFC 1952); beside it the members one by one, with check sums by hand.</summary>
internal sealed class GzipFiles() : FuzzedFormat("gzip")
{
    private const int HasHeaderSum = 2, HasExtra = 4, HasName = 8, HasComment = 16;

    public override IReadOnlyList<byte[]> Samples { get; } =
    [
        Packed("text,label\nun deux,A\ntrois,B\nquatre cinq six,A\n", CompressionLevel.Optimal),
        [
            .. Packed("a,b\n", CompressionLevel.NoCompression), .. Packed("", CompressionLevel.Optimal),
            .. Packed("c,d\n", CompressionLevel.Fastest),
        ],
        Packed(string.Concat(Enumerable.Range(0, 400).Select(i => $"row {i * 7919 % 1000}\n")), CompressionLevel.SmallestSize),
        [.. Named(Packed("named\n", CompressionLevel.Optimal)), 0, 0, 0],
    ];

    public override async Task<bool> CheckAsync(string path, byte[] bytes)
    {
        await Task.CompletedTask;
        if (bytes is not [0x1F, 0x8B, ..])
            return false;
        var expected = Expected(bytes);
        byte[] read;
        try
        {
            using var content = DataFile.OpenText(path);
            using MemoryStream all = new();
            content.CopyTo(all);
            read = all.ToArray();
        }
        catch (UnreadableFileException)
        {
            Assert.True(expected is null, "refused");
            return false;
        }
        Assert.NotNull(expected);
        Assert.Equal(expected, read);
        return true;
    }

    private static byte[]? Expected(byte[] bytes)
    {
        List<byte> content = [];
        try
        {
            var at = 0;
            do
                content.AddRange(Member(bytes, ref at));
            while (at < bytes.Length && bytes.AsSpan(at).ContainsAnyExcept((byte)0));
            return [.. content];
        }
        catch (Exception error) when (error is InvalidDataException or ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private static byte[] Member(byte[] bytes, ref int at)
    {
        var start = at;
        if (bytes is not { Length: >= 18 } || bytes[at] != 0x1F || bytes[at + 1] != 0x8B || bytes[at + 2] != 8 || bytes[at + 3] > 31)
            throw new InvalidDataException("header");
        var flags = bytes[at + 3];
        at += 10;
        if ((flags & HasExtra) != 0)
            at += 2 + BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));
        foreach (var flag in new[] { HasName, HasComment })
            if ((flags & flag) != 0)
                at += bytes.AsSpan(at).IndexOf((byte)0) is >= 0 and var length ? length + 1 : throw new InvalidDataException("name");
        if ((flags & HasHeaderSum) != 0)
        {
            if (BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at)) != (ushort)Crc(bytes.AsSpan(start, at - start)))
                throw new InvalidDataException("sum of the header");
            at += 2;
        }
        PlainInflate inflate = new(bytes, at);
        var content = inflate.Read();
        at = inflate.End;
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at)) != Crc(content)
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 4)) != content.Length)
            throw new InvalidDataException("sum");
        at += 8;
        return content;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }
        return ~crc;
    }

    // With a name, a comment and a check sum in its header.
    private static byte[] Named(byte[] packed)
    {
        const byte Flags = HasHeaderSum | HasExtra | HasName | HasComment;
        byte[] header = [.. packed[..3], Flags, .. packed[4..10], 3, 0, 1, 2, 3, .. "a.csv\0note\0"u8];
        return [.. header, (byte)Crc(header), (byte)(Crc(header) >> 8), .. packed[10..]];
    }

    private static byte[] Packed(string text, CompressionLevel level)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, level))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }
}
