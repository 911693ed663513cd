using Microsoft.ML.Tokenizers;

namespace Pipelines.Tests.Packages.Tokenizers;

public class SentencePieceTokenizerTests
{
    private const int Control = 3;

    [Theory]
    [InlineData("le chat", "▁le@0..3 ▁chat@3..8")]
    [InlineData("  le   chats ", "▁le@0..3 ▁chat@3..8 s@8..9")]
    [InlineData("chats", "▁chat@0..5 s@5..6")]
    [InlineData("le ☃", "▁le@0..3 ▁@3..4 ☃@4..5")]
    public void Pieces_with_the_best_scores_are_chosen(string text, string expected)
    {
        var tokens = Create().EncodeToTokens(text, out var normalized, addBeginningOfSentence: false, addEndOfSentence: false);
        Assert.Equal(expected, string.Join(' ', tokens.Select(token => $"{token.Value}@{token.Offset}")));
        Assert.Equal(normalized, string.Concat(tokens.Select(token => token.Value)));
    }

    [Fact]
    public void A_sum_of_scores_decides_not_the_longest_piece()
    {
        using var model = Base().Piece("▁ab", -9).Piece("▁a", -1).Piece("b", -2).Piece("▁", -3).Build();
        var tokens = SentencePieceTokenizer.Create(model, addBeginningOfSentence: false).EncodeToTokens("ab", out _);
        Assert.Equal(["▁a", "b"], tokens.Select(token => token.Value));
    }

    [Fact]
    public void Sentences_begin_and_end_as_asked()
    {
        using var model = Model();
        var tokenizer = SentencePieceTokenizer.Create(model, addBeginningOfSentence: true, addEndOfSentence: true);

        Assert.Equal([1, 3, 4, 2], tokenizer.EncodeToIds("le chat"));
        Assert.Equal([3, 4], tokenizer.EncodeToIds("le chat", addBeginningOfSentence: false, addEndOfSentence: false));
        Assert.Equal([3, 6, 0], tokenizer.EncodeToIds("le ☃", addBeginningOfSentence: false, addEndOfSentence: false));
        Assert.Equal((0, 1, 2), (tokenizer.UnknownId, tokenizer.BeginningOfSentenceId, tokenizer.EndOfSentenceId));
        Assert.Empty(tokenizer.EncodeToIds(""));
    }

    [Fact]
    public void Decoding_gives_the_text_without_special_tokens()
    {
        Assert.Equal("le chat", Create().Decode([1, 3, 4, 2]));
        Assert.Equal("<s>le chat</s>", Create().Decode([1, 3, 4, 2], considerSpecialTokens: true));
    }

    [Fact]
    public void Special_tokens_in_a_text_stay_whole()
    {
        using var model = Model();
        var tokenizer = SentencePieceTokenizer.Create(
            model, addBeginningOfSentence: false, specialTokens: new Dictionary<string, int> { ["<mask>"] = 7 });
        Assert.Equal([3, 7], tokenizer.EncodeToIds("le<mask>"));
    }

    [Fact]
    public void Characters_are_replaced_by_the_models_map()
    {
        using var model = Model(SentencePieceModel.Map("ﬀ", "s"));
        var tokens = SentencePieceTokenizer.Create(model, addBeginningOfSentence: false).EncodeToTokens("chatﬀ", out var normalized);
        Assert.Equal(["▁chat", "s"], tokens.Select(token => token.Value));
        Assert.Equal("▁chats", normalized);
    }

    [Fact]
    public void Vocabulary_has_pieces_and_special_tokens()
    {
        var vocabulary = Create().Vocabulary;
        Assert.Equal((0, 1, 2, 4), (vocabulary["<unk>"], vocabulary["<s>"], vocabulary["</s>"], vocabulary["▁chat"]));
    }

    private static SentencePieceModel Base() => new SentencePieceModel().Piece("<unk>", 0, 2).Piece("<s>", 0, Control).Piece("</s>", 0, Control);

    private static Stream Model(byte[]? map = null) => Base()
        .Piece("▁le", -2).Piece("▁chat", -3).Piece("s", -4).Piece("▁", -5).Piece("<mask>", 0, 4).Piece("chat", -9).Build(map);

    private static SentencePieceTokenizer Create()
    {
        using var model = Model();
        return SentencePieceTokenizer.Create(model);
    }
}
