using GoldenFile = Pipelines.TestKit.Golden;

namespace Pipelines.Tests.Runner.Goldens;

public sealed class CoverageTests
{
    // Shown by tests of their own: it takes a file of megabytes, more files than are worth keeping, a selection, or a manifest.
    private static readonly string[] Elsewhere = ["file-too-large", "too-many-nodes", "extends-too-deep", "left-out",
        "no-included-manifest", "plugins-left-out"];

    [Fact]
    public void Every_diagnostic_has_a_golden_case()
    {
        var folder = GoldenFile.FolderOf();
        var sources = Directory.EnumerateFiles(Path.Combine(folder, "../../../src/Runner/Documents"), "Diagnostics*.cs")
            .Select(File.ReadAllText);
        var shown = string.Concat(Directory.EnumerateFiles(folder, "*.out.txt", SearchOption.AllDirectories).Select(File.ReadAllText));

        var codes = sources.SelectMany(Codes).Distinct(StringComparer.Ordinal).ToList();

        Assert.True(codes.Count > 40);
        Assert.All(codes.Except(Elsewhere), code => Assert.Contains($"[{code}]", shown, StringComparison.Ordinal));
    }

    // The first argument of Error("code", …) and of new("code", Severity.Warning, …).
    private static IEnumerable<string> Codes(string source)
    {
        foreach (var start in new[] { "Error(\"", "Error(\n        \"", "new(\"" })
            for (var at = source.IndexOf(start, StringComparison.Ordinal); at >= 0; at = source.IndexOf(
                start, at + 1, StringComparison.Ordinal))
            {
                var code = source[(at + start.Length)..source.IndexOf('"', at + start.Length)];
                if (code.Length > 2 && code.All(character => char.IsAsciiLetterLower(character) || character is '-' or '1' or '2'))
                    yield return code;
            }
    }
}
