using System.Text.RegularExpressions;

namespace Pipelines.Tests.Repository;

/// <summary>Who may know whom, as ARCHITECTURE.md says; read from the words of the sources, comments and texts aside.</summary>
public sealed partial class DependencyTests
{
    public static TheoryData<string, string[]> RunnerFolders => new()
    {
        { "Documents", [] },
        { "Planning", ["Documents"] },
        { "Plugins", ["Documents", "Planning"] },
        { "Execution", ["Documents", "Planning"] },
        { "Storage", ["Documents", "Planning", "Execution"] },
        { "Cluster", ["Documents", "Planning", "Execution"] },
        { "Reporting", ["Documents", "Planning", "Execution"] },
        { "Terminal", ["Documents", "Planning", "Execution"] },
        { "Serving", ["Documents", "Planning", "Execution", "Storage", "Reporting", "Terminal"] },
        { "Commands", ["Documents", "Planning", "Plugins", "Execution", "Storage", "Cluster", "Reporting", "Terminal", "Serving"] },
    };

    /// <summary>Each library and the libraries it may know; those that are stage kinds come last and know them all.</summary>
    public static TheoryData<string, string[]> StagesFolders => new()
    {
        { "Contracts", [] },
        { "Tables", ["Contracts"] },
        { "Text", ["Contracts", "Tables"] },
        { "Torch", ["Contracts"] },
        { "Training", ["Contracts", "Torch"] },
        { "Models", ["Contracts", "Tables", "Text", "Torch", "Training"] },
        { "Hub", ["Contracts"] },
        { "Measures", ["Contracts"] },
        { "Explaining", ["Contracts", "Tables", "Text", "Torch", "Models"] },
        { "Shell", ["Contracts", "Tables"] },
        { "Kinds", ["Contracts", "Tables", "Text", "Torch", "Training", "Models", "Measures", "Explaining", "Hub"] },
    };

    /// <summary>A package's namespace, and the only places that import it.</summary>
    public static TheoryData<string, string[]> Packages => new()
    {
        { "YamlDotNet", ["src/Runner/Documents/"] },
        { "Scriban", ["src/Runner/Reporting/"] },
        { "Markdig", ["src/Runner/Reporting/Markdown/"] },
        { "System.CommandLine", ["src/Runner/Commands/"] },
        { "Spectre.Console", ["src/Runner/Terminal/"] },
        { "LibGit2Sharp", ["src/Runner/Execution/Records/GitState.cs", "src/Runner/Commands/Support/GitRevision.cs"] },
        { "Microsoft.Extensions", ["src/Runner/Serving/"] },
        { "Microsoft.AspNetCore", ["src/Runner/Serving/"] },
        { "Parquet", ["src/Stages/Tables/"] },
        { "ZstdSharp", ["src/Stages/Tables/PageContent.cs"] },
        { "CsvHelper", ["src/Stages/Tables/Csv/"] },
        { "Microsoft.ML.Tokenizers", ["src/Stages/Text/"] },
        {
            "Google.Protobuf",
            ["src/Stages/Text/Tokenizers/", "src/Stages/Torch/EventFile.cs", "src/Runner/Storage/Sharing/SharedRecord.cs"]
        },
        { "Onnx", ["src/Stages/Models/Transformers/"] },
        { "TorchSharp", ["src/Stages/Torch/", "src/Stages/Training/", "src/Stages/Models/", "src/Stages/Explaining/"] },
    };

    [Theory]
    [MemberData(nameof(RunnerFolders))]
    public void A_folder_of_the_runner_knows_only_those_before_it(string folder, string[] allowed) =>
        Assert.Empty(Strangers($"src/Runner/{folder}", RunnerNames(), [folder, .. allowed]));

    [Theory]
    [MemberData(nameof(StagesFolders))]
    public void A_folder_of_stages_knows_only_those_before_it(string folder, string[] allowed) =>
        Assert.Empty(Strangers($"src/Stages/{folder}", StagesNames(), [folder, .. allowed]));

    [Fact]
    public void A_kind_knows_no_kind_of_another_verb() => Assert.Empty(
        from path in RepositoryFiles.In("src/Stages/Kinds", ".cs")
        from Match match in KindNames().Matches(Code(path))
        where match.Groups["verb"].Value != path.Split('/')[3]
        select $"{path}: {match.Value}");

    [Fact]
    public void Stages_know_nothing_of_the_runner() =>
        Assert.DoesNotContain(RepositoryFiles.In("src/Stages", ".cs"), path => RunnerNames().IsMatch(Code(path)));

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_is_imported_in_one_place(string package, string[] places)
    {
        Regex import = new($@"(?<![\w.]){Regex.Escape(package)}\s*[.;]");

        var strangers = RepositoryFiles.In("src/Runner", ".cs").Concat(RepositoryFiles.In("src/Stages", ".cs"))
            .Where(path => !places.Any(place => path.StartsWith(place, StringComparison.Ordinal)) && import.IsMatch(Code(path)));

        Assert.Empty(strangers);
    }

    [Fact]
    public void Every_folder_has_a_rule()
    {
        Assert.Empty(Folders("src/Runner").Except(RunnerFolders.Select(row => (string)row[0])));
        Assert.Empty(Folders("src/Stages").Except(StagesFolders.Select(row => (string)row[0])));
    }

    private static IEnumerable<string> Folders(string parent) =>
        RepositoryFiles.In(parent, ".cs").Select(path => path.Split('/')).Where(parts => parts.Length > 3)
            .Select(parts => parts[2]).Distinct();

    private static IEnumerable<string> Strangers(string folder, Regex names, string[] allowed) =>
        from path in RepositoryFiles.In(folder, ".cs")
        from Match match in names.Matches(Code(path))
        where !allowed.Contains(match.Groups["folder"].Value)
        select $"{path}: {match.Value}";

    private static string Code(string path) => SourceCode.Masked(RepositoryFiles.Read(path));

    [GeneratedRegex(
        @"(?<![\w.])(?:Pipelines\.)?Runner\.(?<folder>Documents|Planning|Plugins|Execution|Storage|Reporting|Terminal|Serving|Commands)\b")]
    private static partial Regex RunnerNames();

    [GeneratedRegex(@"\bPipelines\.Stages\.Kinds\.(?<verb>[A-Z]\w*)")]
    private static partial Regex KindNames();

    [GeneratedRegex(@"\bPipelines\.Stages\.(?<folder>[A-Z]\w*)")]
    private static partial Regex StagesNames();
}
