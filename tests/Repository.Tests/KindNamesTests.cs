using System.Text.RegularExpressions;

namespace Pipelines.Tests.Repository;

/// <summary>
/// The runner knows stage kinds and their metrics by what they say of themselves, never by name: otherwise a further kind would have to be
/// added in the runner too. Kinds are those of the catalogue, measures those that their manifests describe.
/// </summary>
public sealed partial class KindNamesTests
{
    /// <summary>What <c>init --stage</c> writes is an example, and an example needs rows.</summary>
    private const string Templates = ".template";

    /// <summary>Verbs that are also words of the runner itself, in texts.</summary>
    private static readonly string[] VerbsWithAnotherMeaning =
    [
        "compare", "explain", "predict", // commands
        "label", // a class of style sheets, for texts in drawings
        "run", // a stage that is a command
        "split", // a column
    ];

    /// <summary>Measures whose names are also words of the runner itself.</summary>
    private static readonly string[] MeasuresWithAnotherMeaning =
    [
        "texts", "labels", // plain English in messages
        "parameters", // of stages
        "rows", // of tables
    ];

    private static readonly string[] s_kinds = [.. Installed.Catalog.Kinds];
    private static readonly string[] s_verbs = [.. s_kinds.Select(kind => kind.Split('/')[0]).Distinct()];

    private static readonly IReadOnlyList<string> s_files = [.. RepositoryFiles.In("src/Runner", "")
        .Where(path => !path.EndsWith(Templates, StringComparison.Ordinal))];

    [Fact]
    public void No_file_of_the_runner_names_a_stage_kind()
    {
        Regex names = new(
            $@"(?<![\w/])(?:{string.Join('|', s_kinds.Where(kind => kind.Contains('/', StringComparison.Ordinal)))})(?![\w-])");

        Assert.Empty(s_files.SelectMany(
            path => LinesOf(path).Where(line => names.IsMatch(line.Text)).Select(line => $"{path}:{line.Number}: {line.Text.Trim()}")));
    }

    [Fact]
    public void No_text_of_the_runner_is_a_verb_of_kinds()
    {
        var verbs = s_verbs.Except(VerbsWithAnotherMeaning).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(Texts().Where(text => verbs.Contains(text.Text)
            || s_verbs.Any(verb => text.Text.StartsWith($"{verb}/", StringComparison.Ordinal))).Select(text => text.Place));
    }

    [Fact]
    public void No_text_of_the_runner_names_a_measure_of_a_kind()
    {
        var measures = Installed.Catalog.Kinds.SelectMany(kind => Installed.Catalog.Find(kind)!.Manifest.Report.Metrics.Keys)
            .Except(MeasuresWithAnotherMeaning).ToHashSet(StringComparer.Ordinal);

        Assert.NotEmpty(measures);
        Assert.Empty(
            Texts().Where(text => Words().Matches(text.Text).Any(word => measures.Contains(word.Value))).Select(text => text.Place));
    }

    /// <summary>A word that no kind needs any more must not stay allowed.</summary>
    [Fact]
    public void What_is_allowed_is_needed()
    {
        var texts = Texts().Select(text => text.Text).ToList();

        Assert.All(VerbsWithAnotherMeaning.Intersect(s_verbs), verb => Assert.Contains(verb, texts));
        Assert.All(MeasuresWithAnotherMeaning,
            measure => Assert.Contains(texts, text => Words().Matches(text).Any(word => word.Value == measure)));
    }

    private static IEnumerable<(string Text, string Place)> Texts() =>
        from path in s_files
        where path.EndsWith(".cs", StringComparison.Ordinal)
        from line in LinesOf(path)
        where !line.Text.TrimStart().StartsWith("//", StringComparison.Ordinal)
        from Match text in Literal().Matches(line.Text)
        select (text.Groups["text"].Value, $"{path}:{line.Number}: {line.Text.Trim()}");

    private static IEnumerable<(string Text, int Number)> LinesOf(string path) =>
        RepositoryFiles.Read(path).Split('\n').Select((line, i) => (line, i + 1));

    [GeneratedRegex("\"(?<text>(?:[^\"\\\\]|\\\\.)*)\"")]
    private static partial Regex Literal();

    [GeneratedRegex("[a-z][a-z0-9]*(?:_[a-z0-9]+)*")]
    private static partial Regex Words();
}
