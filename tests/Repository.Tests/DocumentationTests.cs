using System.Text.RegularExpressions;
using Pipelines.Runner.Commands;
using Pipelines.Runner.Documents;
using Pipelines.Runner.Terminal;

namespace Pipelines.Tests.Repository;

/// <summary>What the documentation shows is true.</summary>
public sealed partial class DocumentationTests
{
    private static readonly Screen Nowhere = new(
        TextReader.Null, TextWriter.Null, TextWriter.Null, IsInteractive: false, HasColor: false, Width: 120);

    private static readonly Lazy<HashSet<string>> NamesInSources = new(() =>
        [.. RepositoryFiles.In("src", ".cs").SelectMany(path => Names().Matches(RepositoryFiles.Read(path))).Select(name => name.Value)]);

    public static TheoryData<string> Documents => [.. RepositoryFiles.All.Where(path => path.EndsWith(".md", StringComparison.Ordinal))];

    public static TheoryData<string> Commands =>
        [.. RepositoryFiles.All.Where(path => path.EndsWith(".md", StringComparison.Ordinal))
            .SelectMany(path => RunnerCommand.In(RepositoryFiles.Read(path))).Distinct()];

    public static TheoryData<string> Pipelines => [.. new[] { "README.md", "docs/pipeline-file.md" }
        .SelectMany(path => Blocks().Matches(RepositoryFiles.Read(path))).Select(block => block.Groups["text"].Value)
        .Where(text => text.StartsWith("pipeline:", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_is_one_the_runner_takes(string command)
    {
        var words = RunnerCommand.Words(command);

        Assert.Empty(CommandLine.Root(words, Nowhere).Parse(words).Errors);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void The_pipeline_of_a_command_plans(string command)
    {
        var words = RunnerCommand.Words(command);

        foreach (var path in words.Where(
            word => word.StartsWith("pipelines/", StringComparison.Ordinal) && !word.Contains('*', StringComparison.Ordinal)))
            Assert.Empty(Installed.Findings(Installed.File(path)!, overrides: RunnerCommand.Overrides(words)));
    }

    [Theory]
    [MemberData(nameof(Pipelines))]
    public void A_pipeline_that_is_shown_plans(string text) => Assert.Empty(Installed.Findings(new SourceFile("shown.yaml", text)));

    [Fact]
    public void The_table_of_commands_is_complete()
    {
        var described = CommandRows().Matches(RepositoryFiles.Read("README.md")).Select(row => row.Groups["name"].Value);

        Assert.Equal(CommandLine.Root([], Nowhere).Subcommands.Select(command => command.Name).Order(), described.Order());
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Links_lead_to_files(string path)
    {
        var folder = Path.GetDirectoryName(RepositoryFiles.Absolute(path))!;

        var files = Links().Matches(RepositoryFiles.Read(path)).Select(link => link.Groups["path"].Value)
            .Where(link => !link.Contains(':', StringComparison.Ordinal));

        Assert.All(files, file => Assert.True(Path.Exists(Path.Combine(folder, file)), file));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Names_in_code_that_is_shown_exist(string path)
    {
        var shown = string.Concat(CodeBlocks().Matches(RepositoryFiles.Read(path)).Select(block => block.Groups["text"].Value));
        var declared = Declared().Matches(shown).Select(name => name.Groups["name"].Value);

        Assert.Empty(Names().Matches(shown).Select(name => name.Value).Except(declared).Except(NamesInSources.Value));
    }

    [Fact]
    public void The_architecture_is_at_most_200_lines() =>
        Assert.InRange(RepositoryFiles.Read("ARCHITECTURE.md").TrimEnd().Split('\n').Length, 1, 200);

    [GeneratedRegex(@"^```yaml\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"^```csharp\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlocks();

    [GeneratedRegex(@"\b[A-Z][a-z]+[A-Z][A-Za-z0-9]+\b")]
    private static partial Regex Names();

    [GeneratedRegex(@"\b(class|record|struct|interface|enum) (?<name>[A-Za-z0-9]+)")]
    private static partial Regex Declared();

    [GeneratedRegex(@"^\| `(?<name>[a-z]+)` \| [a-z]", RegexOptions.Multiline)]
    private static partial Regex CommandRows();

    // Pictures aside, which are made from a run.
    [GeneratedRegex(@"(?<!!)\[[^\]\n]*\]\((?<path>[^)#\s]+)")]
    private static partial Regex Links();
}
