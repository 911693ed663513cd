using System.Reflection;
using Pipelines.Runner.Planning;

namespace Pipelines.Runner.Commands;

/// <summary>A new plugin: a project with one stage, its manifest, and the tests that every stage passes.</summary>
internal sealed class StageProject(string kind, string folder, string home)
{
    private const string Templates = "stage-project/";

    private string Name => Path.GetFileName(Path.TrimEndingDirectorySeparator(WorkingFolder.Absolute(folder)));

    private string Class => KindName.ClassOf(kind);

    /// <summary>Where each template goes.</summary>
    private IEnumerable<(string Template, string Path)> Files =>
    [
        ("Directory.Build.props", "Directory.Build.props"),
        ("project.csproj", $"{Name}.csproj"),
        ("Stage.cs", $"{Class}.cs"),
        ("manifest.yaml", KindName.ManifestOf(kind)),
        ("README.md", "README.md"),
        ("gitignore", ".gitignore"),
        ("tests/project.Tests.csproj", $"tests/{Name}.Tests.csproj"),
        ("tests/ContractTests.cs", "tests/ContractTests.cs"),
        ("tests/samples.yaml", "tests/samples.yaml"),
        ("tests/texts.csv", "tests/samples/texts.csv"),
    ];

    public void Write()
    {
        foreach (var (template, path) in Files)
        {
            var target = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllText(target, Filled(Read(template)));
        }
    }

    private string Filled(string template) => template
        .Replace("{{kind}}", kind, StringComparison.Ordinal)
        .Replace("{{class}}", Class, StringComparison.Ordinal)
        .Replace("{{namespace}}", kind.IndexOf('/') is var slash and > 0 ? $"Plugins.{KindName.ClassOf(kind[..slash])}" : "Plugins",
            StringComparison.Ordinal)
        .Replace("{{project}}", Name, StringComparison.Ordinal)
        .Replace("{{folder}}", folder.Replace('\\', '/').TrimEnd('/'), StringComparison.Ordinal)
        .Replace("{{home}}", Home(), StringComparison.Ordinal);

    // A plugin inside the runner's folder moves with it.
    private string Home()
    {
        var relative = Path.GetRelativePath(WorkingFolder.Absolute(folder), home);
        return relative.Split(Path.DirectorySeparatorChar).All(part => part == "..")
            ? $"$(MSBuildThisFileDirectory){relative}"
            : WorkingFolder.Absolute(home);
    }

    private static string Read(string template)
    {
        using StreamReader reader = new(Assembly.GetExecutingAssembly().GetManifestResourceStream($"{Templates}{template}.template")!);
        return reader.ReadToEnd();
    }
}
