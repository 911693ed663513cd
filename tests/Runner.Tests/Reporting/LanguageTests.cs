using System.Text.RegularExpressions;
using Pipelines.Runner.Documents;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Reporting;
using Pipelines.Runner.Reporting.Wording;

namespace Pipelines.Tests.Runner.Reporting;

public sealed partial class LanguageTests
{
    private static readonly Language s_french = SampleRun.Files.Language("fr");
    private static readonly Language s_english = SampleRun.Files.Language("en");

    private static readonly ReportManifest s_kind = Manifest.Parse(new("stages/x.yaml", """
        summary: x
        report:
          title: { en: The kind, fr: "L'espèce" }
          words: { step: { en: kind of step, fr: pas }, only_here: { en: only here, fr: "ici : seulement" } }
          keys: series
          warnings: { lost: "{count} of {name}" }
          metrics: { perplexity: { text: { en: perplexity, fr: perplexité }, better: lower } }
        """)).Value!.Report;

    [Fact]
    public void Both_languages_say_the_same_things()
    {
        Assert.Equal(s_english.Words.Keys.Order(), s_french.Words.Keys.Order());
        Assert.Equal(s_english.Warnings.Keys.Order(), s_french.Warnings.Keys.Order());
        Assert.Equal(s_english.Phrases.Keys.Order(), s_french.Phrases.Keys.Order());
        Assert.Equal(s_english.Glossary.Keys.Order(), s_french.Glossary.Keys.Order());
        Assert.All(s_english.Phrases, phrase => Assert.Equal(Placeholders(phrase.Value), Placeholders(s_french.Phrases[phrase.Key])));
        Assert.All(s_english.Warnings, warning => Assert.Equal(Placeholders(warning.Value), Placeholders(s_french.Warnings[warning.Key])));
    }

    [Fact]
    public void A_kind_has_words_of_its_own_before_those_that_kinds_share()
    {
        var language = s_french.With(s_kind, []);

        Assert.Equal("pas", language.Word("step"));
        Assert.Equal("ici\u202F: seulement", language.Word("only_here"));
        Assert.Equal(s_french.Word("rows"), language.Word("rows"));
        Assert.Contains("series", language.Keys);
        Assert.Equal("{count} of {name}", language.Warnings["lost"]);
        Assert.Equal("L’espèce", language.Text(s_kind.Title));
    }

    [Fact]
    public void What_gathers_others_speaks_of_their_measures_and_of_nothing_else()
    {
        var language = s_english.With(null, [s_kind]);

        Assert.Equal("perplexity (validation)", language.Word("validation.perplexity"));
        Assert.Equal(s_english.Word("step"), language.Word("step"));
        Assert.Null(language.Find("only_here"));
    }

    [Fact]
    public void An_unknown_key_is_made_readable() => Assert.Equal("some new measure", s_french.Word("some_new_measure"));

    [Fact]
    public void The_name_of_a_cell_is_no_key() =>
        Assert.Equal("dropout=0.1, units_in=8", Language.Capitalized(s_french.Word("dropout=0.1, units_in=8")));

    [Fact]
    public void Keys_are_composed_of_split_measure_and_end_of_an_interval()
    {
        Assert.Equal("perte (validation)", s_french.Word("validation_loss"));
        Assert.Equal("perte par époque", s_french.Word("loss_by_epoch"));
        Assert.Equal("exactitude, borne basse (test)", s_french.Word("test.accuracy_low"));
    }

    [Fact]
    public void A_value_whose_name_has_a_digit_is_put_in_its_place() => Assert.Equal(
        "R² < 0.5, λ₂", Language.Fill("R² < {r2}, {l2}", new Dictionary<string, string> { ["r2"] = "0.5", ["l2"] = "λ₂" }));

    [Fact]
    public void A_damaged_language_file_is_reported_with_its_place() =>
        Assert.Contains("x.yaml:2:",
            Assert.Throws<ReportException>(() => LanguageReader.Read("fr", new SourceFile("x.yaml", "words:\n  a: [b]\n"))).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("  graph: le graphe", "", "fr.yaml:4:1: error: 'phrases' lacks 'graph', which en.yaml has")]
    [InlineData("graph: le", "grahp: le", "fr.yaml:6:3: error: en.yaml has no 'grahp' in 'phrases'")]
    [InlineData("{count}", "{cuont}", "fr.yaml:5:10: error: nothing is put in the place of '{cuont}'")]
    [InlineData("{count}", "x", "fr.yaml:5:9: error: the text has no place for '{count}'")]
    [InlineData("le graphe", "[le]", "fr.yaml:6:10: error: a text was expected, not a list")]
    [InlineData("warnings: {}", "", "error: there is no map 'warnings'")]
    public void A_language_file_is_compared_with_that_of_the_other_language(string old, string now, string finding)
    {
        const string Frame = "words: {}\nwarnings: {}\nglossary: {}\nphrases:\n  rows: \"{count} rows\"\n  graph: le graphe\n";
        SourceFile own = new("fr.yaml", Frame.Replace(old, now, StringComparison.Ordinal)), other = new("en.yaml", Frame);

        Assert.Empty(LanguageCheck.Of(other, other));
        Assert.Contains(finding, DiagnosticFormat.Render(LanguageCheck.Of(own, other)), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Placeholders(string text) =>
        Placeholder().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{[a-z_]+\}")]
    private static partial Regex Placeholder();
}
