using System.Text.RegularExpressions;

namespace Pipelines.Tests.Repository;

public sealed class WordTests
{
    // Assembled, so that this file does not hold them itself.
    private static readonly Regex MachinePath = new($@"(?<![\w.}}])/(?:{string.Join('|', "work", "home", "Users", "farm")})/\w");
    private static readonly Regex RegistryHost = new(
        string.Join('|', "artif" + "actory", "nexus" + "[.:/]", "verd" + "accio", "localhost" + ":[0-9]"));
    private static readonly Regex Unfinished = new(@"\b(?:" + "TO" + "DO|FIX" + "ME)" + @"\b");

    private static readonly string[] Kinds =
        ["", ".cs", ".csproj", ".props", ".targets", ".md", ".yaml", ".json", ".py", ".txt", ".cpp", ".h", ".css", ".sbn-html", ".sln"];

    private static readonly IReadOnlyList<string> Texts = [.. RepositoryFiles.All.Where(path => Kinds.Contains(Path.GetExtension(path)))];

    [Fact]
    public void No_file_names_a_path_of_one_machine() => Assert.Empty(LinesWith(MachinePath));

    [Fact]
    public void No_file_names_a_package_registry() => Assert.Empty(LinesWith(RegistryHost));

    [Fact]
    public void Nothing_is_left_to_do() => Assert.Empty(LinesWith(Unfinished));

    private static IEnumerable<string> LinesWith(Regex words) =>
        from path in Texts
        from line in RepositoryFiles.Read(path).Split('\n')
        where words.IsMatch(line)
        select $"{path}: {line.Trim()}";
}
