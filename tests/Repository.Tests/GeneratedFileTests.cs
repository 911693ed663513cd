using System.Text.RegularExpressions;

namespace Pipelines.Tests.Repository;

/// <summary>One command, <c>./regenerate</c>, writes all that is generated.</summary>
public sealed partial class GeneratedFileTests
{
    [Fact]
    public void Every_test_that_compares_with_a_generated_file_can_write_it() => Assert.Empty(
        from path in RepositoryFiles.In("tests", "Tests.cs")
        from test in Tests().Split(RepositoryFiles.Read(path))
        where Comparison().IsMatch(test) && !test.Contains(".Generated)]", StringComparison.Ordinal)
        select $"{path}: {test.Trim().Split('\n')[0]}");

    [Fact]
    public void What_is_generated_says_so() =>
        Assert.Contains("`./regenerate` writes it again", RepositoryFiles.Read("docs/stages.md"), StringComparison.Ordinal);

    [GeneratedRegex(@"(?=\[(?:Fact|Theory)\b)")]
    private static partial Regex Tests();

    [GeneratedRegex(@"\bGolden(?:File)?\.(?:Check\(|IsWriting)")]
    private static partial Regex Comparison();
}
