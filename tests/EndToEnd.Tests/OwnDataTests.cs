using System.Diagnostics;
using System.Text.RegularExpressions;
using Pipelines.TestKit;

namespace Pipelines.Tests.EndToEnd;

/// <summary>What docs/your-own-data.md tells a reader to type does what it says, in an empty folder.</summary>
public sealed partial class OwnDataTests : IDisposable
{
    // As ./runner does, without looking whether anything has to be built; each command stops the walk when it fails.
    private const string Prelude = """
        source "$0/environment" && export "${program[@]}" PIPELINES_HOME="$0"
        runner() { "$0/.build/runner/Pipelines.Runner" "$@"; }
        set -e

        """;

    private readonly TempWorkspace _empty = new();

    public void Dispose() => _empty.Dispose();

    [Fact]
    public void The_commands_of_the_guide_lead_from_a_csv_to_a_report()
    {
        var guide = File.ReadAllText(Path.Combine(Runner.Home, "docs", "your-own-data.md"));
        var script = string.Concat(Blocks().Matches(guide).Select(block => block.Groups["kind"].Value == "sh"
            ? block.Groups["text"].Value
            : $"cat > {FileName().Match(block.Groups["text"].Value).Groups[1].Value} <<'END'\n{block.Groups["text"].Value}END\n"));

        var walked = Walk(script);

        Assert.True(walked.ExitCode == 0, walked.Output + walked.Error);
        Assert.Contains("12 stages: ", walked.Output, StringComparison.Ordinal);
        Assert.Contains("crème brûlée", walked.Output, StringComparison.Ordinal);
        Assert.Matches("positif .*  Le gâteau était délicieux, nous reviendrons", walked.Output);
        Assert.Contains("négatif", File.ReadAllText(Path.Combine(_empty.Root, "avis", "reports", "avis.html")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("uses: load/csv\n    with: { file: avis.csv, text: avis, label: note }", "use load/delimited with separator: \";\"")]
    [InlineData("uses: load/delimited\n    with: { file: avis.csv, separator: \";\", text: avis, label: note }", "windows-1252")]
    [InlineData(
        "uses: load/delimited\n    with: { file: avis.csv, separator: \";\", encoding: windows-1252, text: texte, label: note }",
        "there is no column 'texte'")]
    public void A_file_that_was_written_otherwise_is_answered_by_what_to_write(string stage, string answer)
    {
        File.Copy(Path.Combine(Runner.Home, "data", "samples", "avis", "avis.csv"), Path.Combine(_empty.Root, "avis.csv"));
        File.WriteAllText(Path.Combine(_empty.Root, "avis.yaml"), $"pipeline: avis\nstages:\n  rows:\n    {stage}\n");

        var run = Runner.Run(_empty.Root, "exec", "avis.yaml");

        Assert.Equal(1, run.Code);
        Assert.Contains(answer, run.Error, StringComparison.Ordinal);
    }

    private (int ExitCode, string Output, string Error) Walk(string script)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", Prelude + script, Runner.Home])
        {
            WorkingDirectory = _empty.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = shell.StandardError.ReadToEndAsync();
        var output = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        return (shell.ExitCode, output, error.Result);
    }

    [GeneratedRegex(@"^```(?<kind>sh|yaml)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"^# (\S+\.yaml)")]
    private static partial Regex FileName();
}
