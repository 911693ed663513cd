using System.Text;
using Microsoft.ML.Tokenizers;

namespace Pipelines.Tests.Packages.Tokenizers;

public class BpeTokenizerTests
{
    private static readonly Dictionary<string, int> Tokens = new[]
        { "<unk>", "h", "e", "l", "o", "he", "ll", "hell", "hello", "lo", "w" }.Index().ToDictionary(token => token.Item, token => token.Index);

    [Fact]
    public void The_earliest_learnt_pair_is_joined_first()
    {
        var tokenizer = BpeTokenizer.Create(new BpeOptions(Tokens) { Merges = ["h e", "l l", "he ll", "hell o"], UnknownToken = "<unk>" });

        Assert.Equal([8, 7, 3, 10], tokenizer.EncodeToIds("hello helllw"));
        Assert.Equal("8:hello@0..5 0:<unk>@6..7",
            string.Join(' ', tokenizer.EncodeToTokens("hello x", out _).Select(token => $"{token.Id}:{token.Value}@{token.Offset}")));
        Assert.Equal("hellohell", tokenizer.Decode([8, 7]));
        Assert.Equal(11, tokenizer.Vocabulary.Count);
    }

    [Fact]
    public void Neighbouring_unknown_characters_can_be_one_token()
    {
        var options = new BpeOptions(Tokens) { UnknownToken = "<unk>", FuseUnknownTokens = true };
        Assert.Equal([0, 1, 0], BpeTokenizer.Create(options).EncodeToIds("xyhz"));
        Assert.Equal([1], BpeTokenizer.Create(new BpeOptions(Tokens)).EncodeToIds("xyhz"));
    }

    [Fact]
    public void Vocabulary_and_merges_come_from_streams()
    {
        using var vocabulary = new MemoryStream(Encoding.UTF8.GetBytes("""{"a":0,"b":1,"ab":2}"""));
        using var merges = new MemoryStream(Encoding.UTF8.GetBytes("#version: 0.2\na b\n"));
        var tokenizer = BpeTokenizer.Create(vocabulary, merges);

        Assert.Equal([2, 0], tokenizer.EncodeToIds("aba"));
        Assert.False(tokenizer.FuseUnknownTokens);
    }

    [Fact]
    public void A_pair_outside_the_vocabulary_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => BpeTokenizer.Create(new BpeOptions(Tokens) { Merges = ["h w"] }));
}
