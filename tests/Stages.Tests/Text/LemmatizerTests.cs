using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Text.Lemmas;
using Pipelines.TestKit;

namespace Pipelines.Tests.Stages.Text;

public class LemmatizerTests
{
    private static readonly Lemmatizer French = Lemmatizer.Create(LemmaMethod.Hunspell, LemmaLanguage.Fr);
    private static readonly Lemmatizer English = Lemmatizer.Create(LemmaMethod.Hunspell, LemmaLanguage.En);
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
    [InlineData("yeux", "œil")]
    [InlineData("messieurs", "monsieur")]
    [InlineData("diffuses", "diffus")]
    [InlineData("est", "être")]
    [InlineData("issues", "issue")]
    [InlineData("aux", "aux")]
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
    [InlineData("l'œil d’yeux, aujourd’hui", "l'œil d’œil, aujourd'hui")]
    [InlineData("lésions post-opératoires B12 et week-ends", "lésion post-opératoire B12 et week-end")]
    [InlineData("", "")]
    public void A_text_stays_a_text(string text, string lemmatized)
    {
        Assert.Equal(lemmatized, French.Apply(text));
        Assert.Equal(lemmatized, French.Apply(lemmatized));
    }

    [Theory]
    [InlineData("as is her his only things", "as be her his only thing")]
    [InlineData("mice went children left feet better", "mouse go child leave foot better")]
    [InlineData("the movies' actors were running and stopped", "the movie' actor be run and stop")]
    [InlineData("shareholders providers subsidiaries headquartered", "shareholder provider subsidiary headquarter")]
    [InlineData("Peter Jones during this interesting species", "peter Jones during this interesting species")]
    [InlineData("a dog's life, the children's, it's", "a dog life, the child, it's")]
    [InlineData("disease unhappy rewritten", "disease unhappy rewrite")]
    [InlineData("zqxings 3rd", "zqxings 3rd")]
    public void English_words_get_the_base_form_of_their_most_frequent_reading(string text, string lemmas) =>
        Assert.Equal(lemmas, English.Apply(text));

    [Fact]
    public void The_lemma_of_an_English_lemma_is_itself()
    {
        using var list = new StreamReader(typeof(Lemmatizer).Assembly.GetManifestResourceStream("english.txt")!);
        var words = list.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('=', ':', ' ')[0]).ToList();
        var forms = words.Concat(words.SelectMany(word => new[] { word + "s", word + "ed", word + "ing", word + "er" }));
        var changing = forms.Select(English.LemmaOf).Where(lemma => English.LemmaOf(lemma) != lemma);

        Assert.Empty(changing.Distinct().Take(10));
        Assert.True(words.Count > 15_000);
    }

    /// <summary>Tokens whose lemma is one that another lexicon gives; before there was a list it was 0.85 of those of IMDB.</summary>
    [SharedDataFact("lexicons/lemmatization-en.txt", "imdb/train.csv.gz")]
    public void English_lemmas_are_mostly_those_of_another_lexicon()
    {
        var lexicon = LemmaLexicon.English();
        var (known, right) = (0L, 0L);
        foreach (var (word, count) in LemmaLexicon.WordsOf("imdb/train.csv.gz"))
        {
            if (!lexicon.TryGetValue(word, out var lemmas))
                continue;
            known += count;
            right += lemmas.Contains(English.LemmaOf(word)) ? count : 0;
        }
        Assert.InRange(right / (double)known, 0.94, 1);
        Assert.True(known > 3_000_000);
    }

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
