using Pipelines.Runner.Documents;
using Pipelines.Runner.Planning;

namespace Pipelines.Runner.Commands;

/// <summary>The folder this program was installed in: manifests of stages, report templates, libtorch.</summary>
internal sealed class Installation(string folder)
{
    public string Folder => folder;

    /// <summary>What torch stages compute with, as the set-up wrote it down; known without loading it.</summary>
    public string? Engine
    {
        get
        {
            var file = Path.Combine(folder, ".build", "libtorch", "engine.txt");
            return File.Exists(file) ? File.ReadAllText(file).Trim() : null;
        }
    }

    public StageCatalog Catalog => new(Manifests, Read);

    /// <summary>
    /// <c>PIPELINES_HOME</c>, or the nearest folder above the program that holds <c>stages</c> and <c>reports-templates</c>.
    /// </summary>
    public static Installation Find()
    {
#pragma warning disable RS0030 // The set-up says so where the program lies.
        if (Environment.GetEnvironmentVariable("PIPELINES_HOME") is { Length: > 0 } home && IsHome(home))
#pragma warning restore RS0030
            return new(home);
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (IsHome(folder))
                return new(folder);
        throw new UsageException(
            "the folders 'stages' and 'reports-templates' are missing", "set PIPELINES_HOME to the folder of the runner");
    }

    private static bool IsHome(string folder) =>
        Directory.Exists(Path.Combine(folder, "stages")) && Directory.Exists(Path.Combine(folder, "reports-templates"));

    private IEnumerable<string> Manifests() =>
        Directory.EnumerateFiles(Path.Combine(folder, "stages"), "*.yaml", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'));

    private SourceFile? Read(string path)
    {
        var file = Path.Combine(folder, path);
        return File.Exists(file) ? new(path, File.ReadAllText(file)) : null;
    }
}
