using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Text.Tokenizers;

namespace Pipelines.Tests.Stages.Text;

public class WordTokenizerTests
{
    private static readonly WordRules Keras = new();
    private static readonly WordRules French = new(Apostrophes.French);

    /// <summary>keras/src/layers/preprocessing/text_vectorization_test.py.</summary>
    [Fact]
    public void Vocabulary_and_ids_are_those_of_Keras()
    {
        var tokenizer = Fit(Keras, ["foo bar", "bar baz", "baz bada boom"]);

        Assert.Equal(["", "[UNK]", "baz", "bar", "foo", "boom", "bada"], tokenizer.Vocabulary);
        Assert.Equal([4, 1, 3], Ids(tokenizer, "foo qux bar"));
        Assert.Equal([1, 2], Ids(tokenizer, "qux baz"));
    }

    [Fact]
    public void Max_tokens_counts_padding_and_the_unknown_word() =>
        Assert.Equal(["", "[UNK]", "baz", "bar"], Fit(Keras, ["foo bar", "bar baz", "baz bada boom"], maxTokens: 4).Vocabulary);

    [Fact]
    public void Rare_words_are_left_out() =>
        Assert.Equal(["", "[UNK]", "baz", "bar"], Fit(Keras, ["foo bar", "bar baz", "baz bada boom"], minCount: 2).Vocabulary);

    [Theory]
    [InlineData("Fracture de l'artère (droite).", "fracture de lartère droite")]
    [InlineData("l’artère", "l’artère")]
    [InlineData("post-opératoire - ÉTAT  \tgénéral", "postopératoire état général")]
    [InlineData("!?,", "")]
    [InlineData("", "")]
    public void Keras_deletes_punctuation_and_knows_only_the_straight_apostrophe(string text, string words) =>
        Assert.Equal(words, Words(Keras, text));

    [Theory]
    [InlineData("Fracture de l'artère", "fracture de l' artère")]
    [InlineData("L’ARTÈRE d'aujourd’hui", "l' artère d' aujourd'hui")]
    [InlineData("jusqu'à qu’il s'agit", "jusqu' à qu' il s' agit")]
    [InlineData("'cité' O'Brien patients' l'", "cité o'brien patients l")]
    public void French_apostrophes_end_elided_words(string text, string words) => Assert.Equal(words, Words(French, text));

    [Fact]
    public void Punctuation_can_be_a_space_or_stay()
    {
        Assert.Equal("post opératoire estomac duodénum", Words(new(Punctuation: Punctuation.Space), "post-opératoire estomac/duodénum"));
        Assert.Equal("post-opératoire !", Words(new(Punctuation: Punctuation.Keep), "post-opératoire !"));
        Assert.Equal("l' avant bras", Words(new(Apostrophes.French, Punctuation.Space), "l'avant-bras"));
    }

    [Fact]
    public void Tokens_keep_the_unknown_word_readable()
    {
        var tokens = Fit(Keras, ["foo bar"]).Tokens("foo qux");

        Assert.Equal(["foo", "qux"], tokens.Select(token => token.Text));
        Assert.Equal([true, false], tokens.Select(token => token.Known));
        Assert.Equal(1, tokens[1].Id);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    public void Unknown_words_are_those_that_the_tokens_say(int most)
    {
        ITokenizer tokenizer = Fit(French, ["foo l'été"]);
        foreach (var text in new[] { "foo", "", "qux foo QUX b qux c", "[UNK] l'artère", "b a b a" })
            Assert.Equal(
                tokenizer.Tokens(text).Where(token => !token.Known).Select(token => token.Text).Distinct().Take(most),
                tokenizer.Unknown(text, most));
    }

    [Fact]
    public void Decoding_leaves_padding_out_and_joins_elisions()
    {
        var tokenizer = Fit(French, ["fracture de l'artère"]);
        Assert.Equal("fracture de l'artère", tokenizer.Decode([.. Ids(tokenizer, "Fracture de l’artère"), 0, 0]));
    }

    [Fact]
    public void Settings_make_the_same_tokenizer_again()
    {
        var tokenizer = Fit(French, ["fracture de l'artère", "bras"]);
        var again = WordTokenizer.From(tokenizer.ToSettings());

        Assert.Equal(tokenizer.Vocabulary, again.Vocabulary);
        Assert.Equal(Ids(tokenizer, "l'artère du bras"), Ids(again, "l'artère du bras"));
    }

    private static WordTokenizer Fit(WordRules rules, string[] texts, int? maxTokens = null, int minCount = 1)
    {
        var counts = new WordCounts();
        foreach (var text in texts)
            WordTokenizer.Count(text, rules, counts);
        return WordTokenizer.Fit(counts, rules, "[UNK]", maxTokens, minCount);
    }

    private static string Words(WordRules rules, string text) =>
        string.Join(' ', Fit(rules, []).Tokens(text).Select(token => token.Text));

    private static List<int> Ids(WordTokenizer tokenizer, string text)
    {
        var ids = new List<int>();
        tokenizer.Encode(text, ids);
        return ids;
    }
}
