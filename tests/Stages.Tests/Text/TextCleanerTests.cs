using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Text.Cleaning;
using Pipelines.Stages.Text.Tokenizers;

namespace Pipelines.Tests.Stages.Text;

public class TextCleanerTests
{
    [Fact]
    public void Nothing_changes_by_default() =>
        Assert.Equal(" <b>Été</b> 12  l’artère 🔴 ", Clean(new(), " <b>Été</b> 12  l’artère 🔴 "));

    [Theory]
    [InlineData("Great<br /><br />film &amp; music", "Great  film & music")]
    [InlineData("<script>if (a < b) x();</script>a < b", " a < b")]
    [InlineData("3<5 and 7>6", "3<5 and 7>6")]
    [InlineData("a<!-- <b> -->b<STYLE x>p{}</style >c<styles>d", "a b c d")]
    [InlineData("a <script> b <i>c</i>", "a   b  c ")]
    [InlineData("<!-- open <b>x</b>", "<!-- open  x ")]
    [InlineData("a < b <1> <é> </> <", "a < b <1> <é> </> <")]
    public void Markup_goes_and_entities_become_characters(string text, string expected) =>
        Assert.Equal(expected, Clean(new(StripHtml: true), text));

    [Theory]
    [InlineData("pi\u200Bed\uFEFF gau\u00ADche\u2060\u202E", "pied gauche")]
    [InlineData("\uD83D\uDC69\u200D\uD83D\uDCBB \u2764\uFE0F\u200D\uD83D\uDD25 a\u200Db",
        "\uD83D\uDC69\u200D\uD83D\uDCBB \u2764\uFE0F\u200D\uD83D\uDD25 ab")]
    public void What_has_no_width_goes(string text, string expected) => Assert.Equal(expected, Clean(new(RemoveInvisible: true), text));

    [Fact]
    public void Special_spaces_become_plain() =>
        Assert.Equal("37 °C : 1 000 km\n", Clean(new(PlainSpaces: true), "37\u00A0°C\u202F: 1\u2009000\u3000km\n"));

    [Fact]
    public void Addresses_are_removed_or_replaced()
    {
        Assert.Equal("see   now", Clean(new(Urls: UrlHandling.Remove), "see https://t.co/x?a=1 now"));
        Assert.Equal("see url", Clean(new(Urls: UrlHandling.Replace), "see www.example.org"));
    }

    [Theory]
    [InlineData("stop 🔴!", "stop  red_circle !")]
    [InlineData("👍🏽", " thumbs_up ")]
    [InlineData("🇫🇷", " flag_fr ")]
    [InlineData("❤️", " red_heart ")]
    [InlineData("👩‍💻", " woman  laptop ")]
    [InlineData("œdème", "œdème")]
    public void Emojis_are_named(string text, string expected) => Assert.Equal(expected, Clean(new(Emojis: EmojiHandling.Name), text));

    [Fact]
    public void Punctuation_goes_but_not_the_apostrophe_of_a_word()
    {
        Assert.Equal("lartère cest", Clean(new(Punctuation: Punctuation.Remove), "l.artère, c-est«»"));
        Assert.Equal("l'artère don't ", Clean(new(Punctuation: Punctuation.Remove), "l'artère 'don't' ..."));
        Assert.Equal("post opératoire ", Clean(new(Punctuation: Punctuation.Space), "post-opératoire!"));
    }

    [Theory]
    [InlineData("Œdème aigu, naïve Ångström ß", "OEdeme aigu, naive Angstrom ss")]
    [InlineData("e\u0301t\u00E9", "ete")]
    [InlineData("plain", "plain")]
    public void Accents_go(string text, string expected) => Assert.Equal(expected, Clean(new(StripAccents: true), text));

    [Theory]
    [InlineData("La fracture de l'artère et d’un os", " fracture de artère  d’ os")]
    [InlineData("Lassitude", "Lassitude")]
    public void Stop_words_go_with_their_apostrophe(string text, string expected) =>
        Assert.Equal(expected, Clean(new(StopWords: ["la", "l", "et", "un"]), text));

    [Fact]
    public void Ready_lists_keep_negations()
    {
        Assert.DoesNotContain("pas", StopWords.French);
        Assert.DoesNotContain("not", StopWords.English);
        Assert.Contains("la", StopWords.French);
        Assert.Contains("the", StopWords.English);
    }

    [Fact]
    public void All_steps_work_together_and_can_be_made_again()
    {
        var cleaner = new TextCleaner(new(
            StripHtml: true, Urls: UrlHandling.Remove, StraightApostrophes: true, Punctuation: Punctuation.Remove, RemoveDigits: true,
            Emojis: EmojiHandling.Name, Lower: true, StripAccents: true, StopWords: ["le"], CollapseWhitespace: true));
        const string Tweet = "<b>Le</b> Nucléaire, c’est 100% SÛR 🔴 !! https://t.co/abc";

        Assert.Equal("nucleaire c'est sur red_circle", cleaner.Apply(Tweet));
        Assert.Equal(cleaner.Apply(Tweet), TextCleaner.From(cleaner.ToSettings()).Apply(Tweet));
    }

    private static string Clean(CleaningRules rules, string text) => new TextCleaner(rules).Apply(text);
}
