using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Text.Lemmas;
using Pipelines.TestKit;

namespace Pipelines.Tests.Stages.Text;

public class LemmatizerTests
{
    private static readonly Lemmatizer French = Lemmatizer.Create(LemmaMethod.Hunspell, LemmaLanguage.Fr);
    private static readonly Lemmatizer FrenchStems = Lemmatizer.Create(LemmaMethod.Snowball, LemmaLanguage.Fr);

    [Fact]
    public void French_stems_are_those_of_Snowball()
    {
        var wrong = SnowballCases().Where(pair => FrenchStems.LemmaOf(pair.Word) != pair.Stem)
            .Select(pair => $"{pair.Word}: {pair.Stem}, not {FrenchStems.LemmaOf(pair.Word)}");
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("petites", "petit")]
    [InlineData("maladies", "maladie")]
    [InlineData("chevaux", "cheval")]
    [InlineData("jouaient", "jouer")]
    [InlineData("fractures", "fracture")]
    [InlineData("souris", "souris")]
    [InlineData("lésions", "lésion")]
    [InlineData("sont", "être")]
    [InlineData("PETITES", "petit")]
    [InlineData("PARKINSON", "Parkinson")]
    [InlineData("aujourd’hui", "aujourd'hui")]
    [InlineData("domicile", "domicile")]
    [InlineData("xyzème", "xyzème")]
    public void A_dictionary_gives_real_words(string word, string lemma) => Assert.Equal(lemma, French.LemmaOf(word));

    [Fact]
    public void The_lemma_of_a_lemma_is_itself()
    {
        var lemmas = SnowballCases().Select(pair => French.LemmaOf(pair.Word)).ToList();
        Assert.Equal(lemmas, lemmas.Select(French.LemmaOf));
    }

    [Theory]
    [InlineData("Fractures de l'artère, droites (fermées).", "fracture de l'artère, droit (fermer).")]
    [InlineData("D’autres  tumeurs:\tmalignes", "D’autre  tumeur:\tmalin")]
    [InlineData("lésions post-opératoires B12 et week-ends", "lésion post-opératoire B12 et week-end")]
    [InlineData("", "")]
    public void A_text_stays_a_text(string text, string lemmatized)
    {
        Assert.Equal(lemmatized, French.Apply(text));
        Assert.Equal(lemmatized, French.Apply(lemmatized));
    }

    [Fact]
    public void Another_prefix_is_another_meaning() =>
        Assert.Equal("disease", Lemmatizer.Create(LemmaMethod.Hunspell, LemmaLanguage.En).LemmaOf("disease"));

    [Fact]
    public void English_stems_come_from_the_library() =>
        Assert.Equal("run movi", Lemmatizer.Create(LemmaMethod.Snowball, LemmaLanguage.En).Apply("Running movies"));

    [Fact]
    public void Settings_make_the_same_lemmatizer_again() =>
        Assert.Equal("cheval", Lemmatizer.From(French.ToSettings()).Apply("chevaux"));

    [Fact]
    public void Another_dictionary_than_in_training_is_refused()
    {
        var settings = French.ToSettings();
        settings["dictionary"] = "0123";
        var error = Assert.Throws<StageException>(() => Lemmatizer.From(settings).Apply("chevaux"));
        Assert.Contains("--force", error.Help);
    }

    private static IEnumerable<(string Word, string Stem)> SnowballCases() =>
        File.ReadLines(Path.Combine(Golden.FolderOf(), "snowball-french.txt")).Where(line => line[0] != '#')
            .Select(line => line.Split(' ')).Select(pair => (pair[0], pair[1]));
}
