using System.Text.RegularExpressions;
using Pipelines.Runner.Documents;

namespace Pipelines.Tests.Repository;

/// <summary>The commands of the runner that a document shows, in blocks for a shell.</summary>
internal static partial class RunnerCommand
{
    private static readonly string[] VariableOptions = ["-p", "--param"];

    public static IEnumerable<string> In(string markdown) =>
        from Match block in Blocks().Matches(markdown)
        from line in block.Groups["text"].Value.Split('\n')
        where line.StartsWith("./runner ", StringComparison.Ordinal)
        select Comment().Replace(line, "").TrimEnd();

    /// <summary>The arguments, as a shell splits them.</summary>
    public static IReadOnlyList<string> Words(string command) =>
        [.. Word().Matches(command).Select(word => word.Value.Trim('"', '\'')).Skip(1)];

    public static Overrides Overrides(IReadOnlyList<string> words) =>
        new([.. After(words, VariableOptions)], [.. After(words, ["--set"])]);

    private static IEnumerable<string> After(IReadOnlyList<string> words, string[] options) =>
        words.Skip(1).Where((_, i) => options.Contains(words[i]));

    [GeneratedRegex(@"^```sh\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"\s#.*$")]
    private static partial Regex Comment();

    [GeneratedRegex("\"[^\"]*\"|'[^']*'|\\S+")]
    private static partial Regex Word();
}
