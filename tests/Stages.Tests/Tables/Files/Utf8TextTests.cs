using System.Text;
using Pipelines.Stages.Tables.Files;

namespace Pipelines.Tests.Stages.Tables;

public sealed class Utf8TextTests
{
    private const string Text = "naïve Œuvre 表 \U0001F600\r\nligne 2\rligne 3\n";

    static Utf8TextTests() => TextEncoding.Find("utf-8");

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    [InlineData("gb18030")]
    public void A_text_is_the_same_in_every_encoding_however_it_comes(string encoding)
    {
        var bytes = Encoding.GetEncoding(encoding).GetBytes(Text);
        foreach (var piece in new[] { 1, 2, 3, 7, 1 << 16 })
        {
            using Utf8Text text = new(new Pieces(bytes, piece), TextEncoding.Find(encoding));
            Assert.Equal(Text, All(text));
            Assert.Equal(4, text.Line);
        }
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    [InlineData("utf-32BE")]
    public void A_byte_order_mark_says_more_than_the_parameter(string encoding)
    {
        var written = Encoding.GetEncoding(encoding);
        byte[] bytes = [.. written.GetPreamble(), .. written.GetBytes(Text)];
        foreach (var piece in new[] { 1, 5, 1 << 16 })
        {
            using Utf8Text text = new(new Pieces(bytes, piece), TextEncoding.Find("windows-1252"));
            Assert.Equal(Text, All(text));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(70_000)]
    public void Bytes_that_are_no_character_are_named_and_what_stands_before_them_is_given(int before)
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(new string('\n', before)), 0xE8, (byte)'x', .. new byte[100]];
        using Utf8Text text = new(new MemoryStream(bytes), Encoding.UTF8);
        var (read, error) = Broken(text);
        Assert.Equal(before, read.Length);
        Assert.Equal($"byte 0xE8 at offset {before} is no utf-8", error.Message);
        Assert.Equal(before + 1, text.Line);
        Assert.True(error.IsAboutEncoding);
    }

    [Fact]
    public void A_character_cut_off_at_the_end_is_an_error()
    {
        var (read, error) = Broken(new(new Pieces([.. "abc"u8, 0xF0, 0x9F, 0x98], 1), Encoding.UTF8));
        Assert.Equal(("abc", "bytes 0xF0 0x9F 0x98 at offset 3 are no utf-8"), (read, error.Message));
        (read, error) = Broken(new(new MemoryStream([0x61, 0, 0x62]), Encoding.Unicode));
        Assert.Equal(("a", "byte 0x62 at offset 2 is no utf-16"), (read, error.Message));
    }

    [Fact]
    public void A_half_of_a_surrogate_pair_is_an_error()
    {
        var (read, error) =
            Broken(
                new(new MemoryStream(Encoding.Unicode.GetBytes("ab").Concat(new byte[] { 0x3D, 0xD8, 0x61, 0 }).ToArray()),
                    Encoding.Unicode));
        Assert.Equal(("ab", "bytes 0x3D 0xD8 at offset 4 are no utf-16"), (read, error.Message));
    }

    [Fact]
    public void Nul_is_no_text()
    {
        var (read, error) = Broken(new(new MemoryStream("ab\0c"u8.ToArray()), Encoding.UTF8));
        Assert.Equal(("ab", "a NUL character, which no text has, at offset 2"), (read, error.Message));
        (read, error) = Broken(new(new MemoryStream(Encoding.Unicode.GetBytes("text,label\n")), Encoding.UTF8));
        Assert.Equal("t", read);
        Assert.Contains("encoding: utf-16", error.Help, StringComparison.Ordinal);
        (_, error) = Broken(new(new MemoryStream(Encoding.Unicode.GetBytes("é\0")), Encoding.Unicode));
        Assert.Equal("a NUL character, which no text has, at offset 2", error.Message);
    }

    [Fact]
    public void The_mark_of_unknown_bytes_itself_is_text()
    {
        using Utf8Text text = new(new MemoryStream(Encoding.UTF8.GetBytes(UnknownBytes.Mark)), Encoding.UTF8);
        Assert.Equal(UnknownBytes.Mark, All(text));
    }

    private static string All(Stream text)
    {
        using StreamReader reader = new(text, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false);
        return reader.ReadToEnd();
    }

    private static (string Read, UnreadableFileException Error) Broken(Utf8Text text)
    {
        using MemoryStream read = new();
        var error = Assert.Throws<UnreadableFileException>(() => text.CopyTo(read, 50));
        return (Encoding.UTF8.GetString(read.ToArray()), error);
    }

    /// <summary>Bytes that come a few at a time.</summary>
    private sealed class Pieces(byte[] bytes, int most) : ReadOnlyStream
    {
        private int _next;

        public override int Read(Span<byte> buffer)
        {
            var piece = bytes.AsSpan(_next, Math.Min(most, Math.Min(buffer.Length, bytes.Length - _next)));
            piece.CopyTo(buffer);
            _next += piece.Length;
            return piece.Length;
        }
    }
}
