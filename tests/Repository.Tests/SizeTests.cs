namespace Pipelines.Tests.Repository;

public sealed class SizeTests
{
    private const int MaxFileLines = 300;
    private const int MaxMethodLines = 60;
    private const int MaxMedianLines = 100;
    private const int MaxWidth = 140;

    private static readonly IReadOnlyList<string> Sources = [.. RepositoryFiles.In("src", ".cs"), .. RepositoryFiles.In("tests", ".cs")];

    [Fact]
    public void No_file_is_longer_than_300_lines() => Assert.Empty(
        from path in Sources
        where LinesOf(path) > MaxFileLines
        select $"{path}: {LinesOf(path)} lines");

    [Fact]
    public void Half_of_the_files_are_shorter_than_100_lines() =>
        Assert.InRange(Sources.Select(LinesOf).Order().ElementAt(Sources.Count / 2), 1, MaxMedianLines - 1);

    [Fact]
    public void No_method_is_longer_than_60_lines() => Assert.Empty(
        from path in Sources
        from method in SourceMembers.MethodsOf(SourceCode.Masked(RepositoryFiles.Read(path)))
        where method.Lines > MaxMethodLines
        select $"{path}:{method.Line}: {method.Lines} lines: {method.Header}");

    [Fact]
    public void No_line_is_wider_than_140_characters() => Assert.Empty(
        from path in Sources
        from line in RepositoryFiles.Read(path).Split('\n').Index()
        where line.Item.Length > MaxWidth
        select $"{path}:{line.Index + 1}: {line.Item.Length} characters");

    private static int LinesOf(string path) => RepositoryFiles.Read(path).AsSpan().TrimEnd().Count('\n') + 1;
}
