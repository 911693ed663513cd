using System.Text.RegularExpressions;
using Pipelines.Stages.Contracts;

namespace Pipelines.Tests.Stages.Contract;

/// <summary>
/// The language files hold words that kinds share and words of the runner; what is one kind's own is in its manifest. No word is there for
/// nothing.
/// </summary>
[Collection(nameof(BuiltInSamples))]
public sealed partial class SharedWordsTests(BuiltInSamples samples)
{
    // Splits are words wherever they are data.
    private static readonly string[] s_alwaysNeeded = [.. Splits.All, "all", "split"];

    private static readonly string s_runner = TextsIn("src/Runner");
    private static readonly string s_libraries = TextsIn("src/Stages", except: "src/Stages/Kinds");
    private static readonly string s_stages = TextsIn("src/Stages");

    [Fact]
    public async Task A_word_of_the_language_files_is_needed_by_several_kinds_or_by_the_runner()
    {
        var kinds = await KeysByKindAsync();

        var alone = LanguageWords("words").Except(s_alwaysNeeded)
            .Where(word => kinds.Count(kind => kind.Value.Contains(word)) < 2 && !IsIn(s_runner, word) && !IsIn(s_libraries, word));

        Assert.Equal("", string.Join(", ", alone));
    }

    [Fact]
    public async Task A_word_of_a_manifest_is_one_that_its_kind_needs()
    {
        var kinds = await KeysByKindAsync();

        var unused = from kind in kinds.Keys
                     let report = BuiltInSamples.Own.Catalog.Find(kind)!.Manifest.Report
                     from word in report.Words.Keys.Concat(report.Keys).Concat(report.Marks).Distinct()
                     where !kinds[kind].Contains(word) && !IsIn(s_stages, word)
                     select $"{kind}: {word}";

        Assert.Equal("", string.Join(", ", unused));
    }

    [Fact]
    public void A_manifest_does_not_repeat_the_language_files()
    {
        var (english, french) = (LanguageFile("en"), LanguageFile("fr"));

        var repeated = from kind in BuiltInSamples.Own.Kinds
                       let report = BuiltInSamples.Own.Catalog.Find(kind)!.Manifest.Report
                       from word in report.Words.Concat(report.Metrics.Select(metric => KeyValuePair.Create(metric.Key, metric.Value.Text)))
                       where IsSaid(english, word.Key, word.Value.En) && IsSaid(french, word.Key, word.Value.Fr)
                       select $"{kind}: {word.Key}";

        Assert.Equal("", string.Join(", ", repeated));
    }

    private async Task<Dictionary<string, HashSet<string>>> KeysByKindAsync()
    {
        Dictionary<string, HashSet<string>> keys = [];
        foreach (var kind in BuiltInSamples.Own.Kinds)
        {
            var sample = BuiltInSamples.Own.Of(kind);
            CardWords words = new(sample, await samples.InputsAsync(sample), await samples.OutputsAsync(sample));
            keys[kind] = [.. words.Keys, .. words.Warnings];
        }
        return keys;
    }

    private static IEnumerable<string> LanguageWords(string section) =>
        Keys().Matches(LanguageFile("en").Split($"{section}:\n")[1].Split("\n\n")[0]).Select(key => key.Groups["key"].Value);

    private static string LanguageFile(string code) =>
        File.ReadAllText(Path.Combine(BuiltInSamples.Home, "reports-templates", "languages", $"{code}.yaml"));

    private static bool IsSaid(string languageFile, string key, string? text) =>
        text is not null && Regex.IsMatch(languageFile, $"""^  {Regex.Escape(key)}: "?{Regex.Escape(text)}"?$""", RegexOptions.Multiline);

    private static bool IsIn(string sources, string word) => sources.Contains($"\"{word}\"", StringComparison.Ordinal);

    private static string TextsIn(string folder, string? except = null) => string.Concat(
        Directory.EnumerateFiles(Path.Combine(BuiltInSamples.Home, folder), "*.cs", SearchOption.AllDirectories)
            .Where(path => except is null || !path.StartsWith(Path.Combine(BuiltInSamples.Home, except), StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Select(File.ReadAllText));

    [GeneratedRegex(@"^  (?<key>[\w./-]+):", RegexOptions.Multiline)]
    private static partial Regex Keys();
}
