using System.IO.Compression;
using System.Text;
using Pipelines.Stages.Tables.Files;
using Pipelines.TestKit;

namespace Pipelines.Tests.Stages.Tables;

public sealed class GzipContentTests : IDisposable
{
    private const string CutShort = "the archive is cut short";
    private const string Damaged = "the archive is damaged";
    private const string SomethingElse = "after the compressed data comes something else";

    // Long enough for several reads; ends in a length whose last bytes are zeros.
    private static readonly string Text = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"row {i},{i * 7919 % 1000}\n"));

    // A member that holds nothing: its length and check sum are zeros.
    private static readonly byte[] Empty = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private readonly TempWorkspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void A_whole_archive_is_read() => Assert.Equal(Text, Read(Packed(Text)));

    [Fact]
    public void Several_members_are_one_file() =>
        Assert.Equal($"{Text}b\nc\n", Read([.. Packed(Text), .. Empty, .. Packed("b\n"), .. Packed("c\n")]));

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(100)]
    public void An_archive_that_ends_early_is_cut_short(int missing) => Assert.Equal(CutShort, Refused(Packed(Text)[..^missing]).Message);

    [Fact]
    public void Every_place_to_cut_a_small_archive_is_noticed()
    {
        var archive = Packed("a,b\nc,d\n");
        for (var length = 3; length < archive.Length; length++)
            Assert.Equal(CutShort, Refused(archive[..length]).Message);
        for (var length = 1; length < archive.Length; length++)
            Assert.Equal(CutShort, Refused([.. archive, .. archive[..length]]).Message);
    }

    [Theory]
    [InlineData(8, "the check sum")]
    [InlineData(4, "the length")]
    [InlineData(200, "the data")]
    public void A_flipped_bit_is_damage(int fromEnd, string where)
    {
        var archive = Packed(Text);
        archive[^fromEnd] ^= 4;
        Assert.True(Refused(archive).Message == Damaged, where);
        Assert.True(Refused([.. archive, .. Packed("b")]).Message == Damaged, where);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("x")]
    [InlineData("hello, this is no archive")]
    [InlineData("\0\0\0x")]
    public void What_follows_the_archive_is_refused(string after) =>
        Assert.Equal(SomethingElse, Refused([.. Packed(Text), .. Encoding.UTF8.GetBytes(after)]).Message);

    [Fact]
    public void Much_that_follows_the_archive_is_refused() =>
        Assert.Equal(SomethingElse, Refused([.. Packed(Text), .. Encoding.UTF8.GetBytes(new string('x', 1 << 20))]).Message);

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(511)]
    [InlineData(1 << 20)]
    public void Zeros_fill_up_a_block(int zeros)
    {
        Assert.Equal(Text, Read([.. Packed(Text), .. new byte[zeros]]));
        Assert.Equal("", Read([.. Empty, .. new byte[zeros]]));
    }

    private UnreadableFileException Refused(byte[] archive) => Assert.Throws<UnreadableFileException>(() => Read(archive));

    private string Read(byte[] archive)
    {
        var path = Path.Combine(_workspace.Root, "data.gz");
        File.WriteAllBytes(path, archive);
        using StreamReader reader = new(DataFile.OpenText(path));
        return reader.ReadToEnd();
    }

    private static byte[] Packed(string text)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }
}
