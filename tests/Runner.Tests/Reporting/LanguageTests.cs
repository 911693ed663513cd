using System.Text.RegularExpressions;
using Pipelines.Runner.Documents;
using Pipelines.Runner.Reporting;
using Pipelines.Runner.Reporting.Wording;

namespace Pipelines.Tests.Runner.Reporting;

public sealed partial class LanguageTests
{
    private static readonly Language s_french = SampleRun.Files.Language("fr");
    private static readonly string[] ColumnsNotShown = ["target_ids"];
    private static readonly Language s_english = SampleRun.Files.Language("en");

    /// <summary>Every key that a stage gives to a card, and every metric, found in the sources.</summary>
    public static TheoryData<string> Keys() => new(Sources().SelectMany(KeysIn).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Keys))]
    public void Every_key_of_the_stages_has_words_in_both_languages(string key) => Assert.All([s_french, s_english], language => Assert.True(
        language.Find(key) is not null || language.Warnings.ContainsKey(key), $"languages/{language.Code}.yaml has no word for '{key}'"));

    [Fact]
    public void Both_languages_say_the_same_things()
    {
        Assert.Equal(s_english.Words.Keys.Order(), s_french.Words.Keys.Order());
        Assert.Equal(s_english.Warnings.Keys.Order(), s_french.Warnings.Keys.Order());
        Assert.Equal(s_english.Phrases.Keys.Order(), s_french.Phrases.Keys.Order());
        Assert.Equal(s_english.Kinds.Keys.Order(), s_french.Kinds.Keys.Order());
        Assert.Equal(s_english.Glossary.Keys.Order(), s_french.Glossary.Keys.Order());
        Assert.All(s_english.Phrases, phrase => Assert.Equal(Placeholders(phrase.Value), Placeholders(s_french.Phrases[phrase.Key])));
        Assert.All(s_english.Warnings, warning => Assert.Equal(Placeholders(warning.Value), Placeholders(s_french.Warnings[warning.Key])));
    }

    [Fact]
    public void Every_stage_kind_has_a_heading() => Assert.All(
        Directory.EnumerateFiles(Path.Combine(SampleRun.Home, "stages"), "*.yaml", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Path.Combine(SampleRun.Home, "stages"), path).Replace('\\', '/')[..^".yaml".Length]),
        kind => Assert.True(s_french.Kinds.ContainsKey(kind), $"the language files have no heading for the kind {kind}"));

    [Fact]
    public void An_unknown_key_is_made_readable() => Assert.Equal("some new measure", s_french.Word("some_new_measure"));

    [Fact]
    public void The_name_of_a_cell_is_no_key() =>
        Assert.Equal("dropout=0.1, units_in=8", Language.Capitalized(s_french.Word("dropout=0.1, units_in=8")));

    [Fact]
    public void Keys_are_composed_of_split_and_measure()
    {
        Assert.Equal("perte (validation)", s_french.Word("validation_loss"));
        Assert.Equal("perte par époque", s_french.Word("loss_by_epoch"));
    }

    [Fact]
    public void A_damaged_language_file_is_reported_with_its_place() =>
        Assert.Contains("x.yaml:2:", Assert.Throws<ReportException>(() => LanguageReader.Read("fr", new SourceFile("x.yaml", "words:\n  a: [b]\n"))).Message, StringComparison.Ordinal);

    private static IEnumerable<string> Placeholders(string text) => Placeholder().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal);

    private static IEnumerable<string> Sources() => Directory.EnumerateFiles(Path.Combine(SampleRun.Home, "src", "Stages"), "*.cs", SearchOption.AllDirectories)
        .Select(File.ReadAllText).Where(source => source.Contains("Contracts.Cards;", StringComparison.Ordinal));

    private static IEnumerable<string> KeysIn(string source) => ItemKeys().Matches(source).SelectMany(match => Literal().Matches(match.Groups["keys"].Value))
        .Concat(MetricKeys().Matches(source)).Concat(CompoundWords().Matches(source)).Select(match => match.Groups[1].Value).Except(ColumnsNotShown);

    [GeneratedRegex("""new(?:\s(?:Fact|Grid|GridColumn|Warning|\w+Figure|\w+Series))?\(\s*(?<keys>"[a-z][a-z0-9_]*"(?:,\s*"[a-z][a-z0-9_]*")*)""")]
    private static partial Regex ItemKeys();

    // A literal of this form in a file that makes cards is a key wherever it stands.
    [GeneratedRegex("\"([a-z]+(?:_[a-z0-9]+)+)\"")]
    private static partial Regex CompoundWords();

    [GeneratedRegex("\"([a-z][a-z0-9_]*)\"")]
    private static partial Regex Literal();

    [GeneratedRegex("""\$"\{[Ss]plit(?:\.Key)?\}\.([a-z][a-z0-9_]*)(?:"|_low)""")]
    private static partial Regex MetricKeys();

    [GeneratedRegex(@"\{[a-z_]+\}")]
    private static partial Regex Placeholder();
}
