using Pipelines.Stages.Text.Cleaning;
using Pipelines.Stages.Text.Lemmas;
using Pipelines.Stages.Text.Tokenizers;

namespace Pipelines.Tests.Stages.Text;

/// <summary>Texts of a length that recursion on it, or a second pass for every letter, would not survive.</summary>
public class LongTextTests
{
    private const int Many = 200_000;

    [Theory]
    [InlineData("l'", LemmaLanguage.Fr)]
    [InlineData("zqx-", LemmaLanguage.Fr)]
    [InlineData("zqx-", LemmaLanguage.En)]
    [InlineData("\u00EBu", LemmaLanguage.Fr)]
    public void Chains_of_words_are_lemmatized(string link, LemmaLanguage language)
    {
        var text = Repeated(link) + "artère";
        Assert.Equal(text, Lemmatizer.Create(LemmaMethod.Hunspell, language).Apply(text));
        Assert.StartsWith(link, Lemmatizer.Create(LemmaMethod.Snowball, language).Apply(text), StringComparison.Ordinal);
    }

    /// <summary>A bound on work: every link is looked up once, and no part of the chain is kept that no dictionary could hold.</summary>
    [Fact]
    public void A_chain_is_not_looked_up_from_each_of_its_links()
    {
        var words = 0;
        Lemmatizer.Create(LemmaMethod.Hunspell, LemmaLanguage.Fr).Apply(Repeated("zqx-") + "zqx", (word, _) =>
        {
            words++;
            Assert.True(word.Length <= 3);
        });
        Assert.Equal(Many + 1, words);
    }

    [Theory]
    [InlineData("<script")]
    [InlineData("<script>")]
    [InlineData("<style ")]
    [InlineData("<!--")]
    [InlineData("</script <")]
    [InlineData("<a")]
    public void Markup_that_is_never_closed_is_read_once(string open) =>
        Assert.NotNull(HtmlText.Of(Repeated(open)));

    [Fact]
    public void Stop_words_of_a_chain_of_elisions_go() =>
        Assert.Equal("os", new TextCleaner(new(StopWords: ["l"])).Apply(Repeated("l'") + "os"));

    [Fact]
    public void Tokenizers_read_one_long_word()
    {
        var text = new string('é', Many);
        Assert.Single(WordTokenizer.Fit(new(), new(), "[UNK]", maxTokens: null, minCount: 1).Tokens(text));
        Assert.Equal(3, WordPieceTokenizer.Of(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"], lower: true, stripAccents: true)
            .Tokens(text).Count);
    }

    private static string Repeated(string text) => string.Concat(Enumerable.Repeat(text, Many));
}
