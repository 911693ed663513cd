using System.Buffers;
using Microsoft.ML.Tokenizers;

namespace Pipelines.Tests.Packages.Tokenizers;

/// <summary>Outputs are those of Microsoft.ML.Tokenizers 2.0.0.</summary>
public class BertTokenizerTests
{
    private readonly BertTokenizer _bert = BertTokenizer.Create(Vocabulary.Small);

    [Fact]
    public void Defaults_are_those_of_BERT()
    {
        Assert.True(_bert.LowerCaseBeforeTokenization);
        Assert.True(_bert.ApplyBasicTokenization);
        Assert.False(_bert.RemoveNonSpacingMarks);
        Assert.Equal((2, 3, 0, 4, 1), (_bert.ClassificationTokenId, _bert.SeparatorTokenId, _bert.PaddingTokenId, _bert.MaskingTokenId, _bert.UnknownTokenId));
        Assert.Equal(("##", 100), (_bert.ContinuingSubwordPrefix, _bert.MaxInputCharsPerWord));
        Assert.Equal("[CLS] [MASK] [PAD] [SEP] [UNK]", string.Join(' ', _bert.SpecialTokens!.Keys.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("The quick brown FOX jumps, unaffable!", "2 5 6 7 8 9 10 15 18 19 20 17 3", "[CLS] the quick brown fox jumps, unaffable! [SEP]")]
    [InlineData("xyzzy fox", "2 1 8 3", "[CLS] [UNK] fox [SEP]")]
    [InlineData("naïve 你好", "2 1 21 1 3", "[CLS] [UNK] 你 [UNK] [SEP]")]
    [InlineData("", "2 3", "[CLS] [SEP]")]
    [InlineData("[CLS] the [SEP]", "2 2 5 3 3", "[CLS] [CLS] the [SEP] [SEP]")]
    public void Ids_have_special_tokens_around_them(string text, string ids, string decoded)
    {
        Assert.Equal(ids, string.Join(' ', _bert.EncodeToIds(text)));
        Assert.Equal(decoded, _bert.Decode(_bert.EncodeToIds(text)));
    }

    [Theory]
    [InlineData("The quick brown FOX jumps, unaffable!", "the quick brown fox jumps, unaffable!")]
    [InlineData("xyzzy fox", "fox")]
    [InlineData("naïve 你好", "你")]
    [InlineData("[CLS] the [SEP]", "the")]
    public void Special_tokens_can_be_left_out_of_a_decoded_text(string text, string decoded) =>
        Assert.Equal(decoded, _bert.Decode(_bert.EncodeToIds(text), skipSpecialTokens: true));

    [Theory]
    [InlineData("The quick FOX jumps, unaffable!", "5:the@0..3 6:quick@4..9 8:fox@10..13 9:jump@14..18 10:##s@18..19 15:,@19..20 18:un@21..23 19:##aff@23..26 20:##able@26..30 17:!@30..31")]
    [InlineData("naïve 你好", "1:[UNK]@0..5 21:你@7..8 1:[UNK]@10..11")]
    [InlineData("[CLS] the [SEP]", "2:[CLS]@0..5 5:the@6..9 3:[SEP]@10..15")]
    public void Tokens_have_places_in_the_normalized_text_and_no_special_ones(string text, string expected)
    {
        var tokens = _bert.EncodeToTokens(text, out _);
        Assert.Equal(expected, string.Join(' ', tokens.Select(token => $"{token.Id}:{token.Value}@{token.Offset}")));
        Assert.Equal(tokens.Count, _bert.CountTokens(text));
    }

    [Theory]
    [InlineData("naïve 你好", "naïve  你  好 ")]
    [InlineData("[CLS] the [SEP]", "[cls] the [sep]")]
    [InlineData(" \tHeLLo\u00A0\u0005", " hello ")]
    public void Texts_are_normalized_first(string text, string expected)
    {
        _bert.EncodeToTokens(text, out var normalized);
        Assert.Equal(expected, normalized);
    }

    [Fact]
    public void The_method_of_the_base_class_adds_no_special_tokens()
    {
        Tokenizer tokenizer = _bert;
        Assert.Equal([5, 8], tokenizer.EncodeToIds("the fox"));
        Assert.Equal([2, 5, 8, 3], _bert.EncodeToIds("the fox"));
        Assert.Equal([5, 8], _bert.EncodeToIds("the fox", addSpecialTokens: false));
        Assert.Equal([2, 3], _bert.EncodeToIds((string)null!));
    }

    [Fact]
    public void A_limit_counts_the_special_tokens()
    {
        var ids = _bert.EncodeToIds("the quick brown fox jumps", 5, out var normalized, out var consumed);
        Assert.Equal([2, 5, 6, 7, 3], ids);
        Assert.Equal(("the quick brown fox jumps", 9), (normalized, consumed));
        Assert.Empty(_bert.EncodeToIds("the", 1, out _, out _));
    }

    [Fact]
    public void Two_texts_make_one_input()
    {
        Assert.Equal([2, 5, 6, 3, 7, 3], _bert.BuildInputsWithSpecialTokens([5, 6], [7]));
        Assert.Equal([0, 0, 0, 0, 1, 1], _bert.CreateTokenTypeIdsFromSequences([5, 6], [7]));
        Assert.Equal([1, 0, 0, 1, 0, 1], _bert.GetSpecialTokensMask([5, 6], [7]));
        Assert.Equal([1, 0, 1], _bert.GetSpecialTokensMask([2, 5, 3], alreadyHasSpecialTokens: true));
    }

    /// <summary>google-research/bert, tokenization_test.py; accents are gone before, as removing them depends on the runtime's ICU.</summary>
    [Theory]
    [InlineData("UNwanted,running", "un ##want ##ed , runn ##ing", "7 4 5 10 8 9")]
    [InlineData("unwantedX running", "[UNK] runn ##ing", "0 8 9")]
    [InlineData("", "", "")]
    public void Pieces_are_those_of_BERT(string text, string pieces, string ids)
    {
        var tokens = BertTokenizer.Create(Vocabulary.BertTest).EncodeToTokens(text, out _);
        Assert.Equal(pieces, string.Join(' ', tokens.Select(token => token.Value)));
        Assert.Equal(ids, string.Join(' ', tokens.Select(token => token.Id)));
    }

    [Fact]
    public void Case_can_be_kept()
    {
        var bert = BertTokenizer.Create(Vocabulary.Small, new BertOptions { LowerCaseBeforeTokenization = false });
        Assert.Equal([2, 1, 8, 3], bert.EncodeToIds("The fox"));
        Assert.Equal([2, 2, 5, 3], bert.EncodeToIds("[CLS] the"));
    }

    [Fact]
    public void Decoding_says_when_there_is_no_room()
    {
        Assert.Equal(OperationStatus.DestinationTooSmall, _bert.Decode([5, 8], new char[3], out _, out _));
        var destination = new char[10];
        Assert.Equal(OperationStatus.Done, _bert.Decode([5, 8], destination, out var ids, out var written));
        Assert.Equal((2, "the fox"), (ids, new string(destination, 0, written)));
    }

    [Fact]
    public void Missing_things_are_named()
    {
        Assert.Throws<FileNotFoundException>(() => BertTokenizer.Create("nope.txt"));
        Assert.Throws<ArgumentNullException>(() => BertTokenizer.Create((Stream)null!));
        Assert.Throws<ArgumentException>(() => BertTokenizer.Create(Vocabulary.Of("[UNK]", "the")));
    }
}
