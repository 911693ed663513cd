using System.Text.RegularExpressions;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Text.Tokenizers;
using Pipelines.TestKit;

namespace Pipelines.Tests.Stages.Text.Tokenizers;

public class SentencePieceTests
{
    private static readonly byte[] Model = File.ReadAllBytes(PathOf("sentencepiece.model"));
    private static readonly SentencePieceTokenizer Pieces = SentencePieceTokenizer.Of(Model, SentencePieceLayout.Plain);

    public static IEnumerable<object[]> Lines => File.ReadLines(PathOf("sentencepiece.txt")).Where(line => line[0] != '#')
        .Select(line => line.Split('\t')).Select(parts => new object[] { Regex.Unescape(parts[1]), parts[0] });

    [Theory]
    [MemberData(nameof(Lines))]
    public void Ids_are_those_of_SentencePiece(string text, string ids)
    {
        Assert.Equal(ids, string.Join(' ', Ids(text)));
        Assert.Equal(Ids(text), Pieces.Tokens(text).Skip(1).SkipLast(1).Select(token => token.Id));
    }

    [Fact]
    public void Unknown_characters_stay_readable()
    {
        var tokens = Pieces.Tokens("\u2603\u2603 x");
        Assert.Equal(["<s>", "\u2581", "\u2603\u2603", "\u2581", "x", "</s>"], tokens.Select(token => token.Text));
        Assert.Equal([true, true, false, true, true, true], tokens.Select(token => token.Known));
    }

    [Fact]
    public void A_piece_of_a_kind_that_there_is_not_is_refused()
    {
        byte[] model = [.. Model];
        model[model.AsSpan().IndexOf("\x18\x03"u8) + 1] = 110;

        var refused = Assert.Throws<StageException>(() => SentencePieceTokenizer.Of(model, SentencePieceLayout.Plain));
        Assert.Contains("of a kind that there is not (110)", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>The package's search tree ends words with NUL: such a piece made it read beyond its end.</summary>
    [Fact]
    public void A_piece_with_the_sign_nul_is_refused_and_a_text_with_it_is_read()
    {
        byte[] piece = Message(1, [.. Message(1, [.. "ch\0te"u8]), 0x18, 1]);

        var refused = Assert.Throws<StageException>(() => SentencePieceTokenizer.Of([.. Model, .. piece], SentencePieceLayout.Plain));
        Assert.Contains("sign NUL", refused.Message, StringComparison.Ordinal);
        Assert.All(new[] { "\0", "a\0b", "chute\0", "\0chute\0\0" }, text => Assert.NotEmpty(Ids(text)));
    }

    /// <summary>Two spaces in a text never return in the package, and one long piece overflows its stack.</summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("a  b", "a b")]
    [InlineData("   ", "")]
    public void Spaces_are_read_once(string text, string same) => Assert.Equal(Ids(same), Ids(text));

    [Fact]
    public void A_text_of_a_million_characters_is_read() => Assert.True(Ids(new string('a', 1_000_000)).Count > 100_000);

    [Fact]
    public void A_piece_of_no_possible_length_is_refused()
    {
        var piece = Message(1, [.. Message(1, new byte[200_000].Select(_ => (byte)'a').ToArray()), 0x18, 1]);
        Assert.Contains("200000 bytes",
            Assert.Throws<StageException>(() => SentencePieceTokenizer.Of([.. Model, .. piece], SentencePieceLayout.Plain)).Message);
    }

    [Theory]
    [InlineData(new byte[] { 0x12, 2, 0x18, 2 }, "unigram")]
    [InlineData(new byte[] { 0x0A, 5, 0x0A, 1, 0x61, 0x18, 6 }, "byte_fallback")]
    public void A_model_of_another_kind_is_refused(byte[] more, string reason) =>
        Assert.Contains(reason,
            Assert.Throws<StageException>(() => SentencePieceTokenizer.Of([.. Model, .. more], SentencePieceLayout.Plain)).Message);

    [Fact]
    public void Rules_that_are_cut_short_are_refused() =>
        Assert.Throws<ArgumentException>(() =>
            SentencePieceTokenizer.Of([.. Model, .. Message(3, Message(2, [255, 255, 0, 0, 1]))], SentencePieceLayout.Plain));

    private static List<int> Ids(string text)
    {
        var ids = new List<int>();
        Pieces.Encode(text, ids);
        return ids[1..^1];
    }

    // A field of bytes in Protocol Buffers' wire format.
    private static byte[] Message(int field, byte[] content)
    {
        List<byte> message = [(byte)(field << 3 | 2)];
        for (var length = content.Length; ; length >>= 7)
        {
            message.Add((byte)(length > 127 ? length & 127 | 128 : length));
            if (length <= 127)
                return [.. message, .. content];
        }
    }

    private static string PathOf(string file) => Path.Combine(Golden.FolderOf(), file);
}
