namespace Pipelines.Tests.Repository;

/// <summary>The files of the repository as text; paths are relative to its root, with slashes.</summary>
internal static class RepositoryFiles
{
    private static readonly string[] Folders = ["src", "tests", "stages", "pipelines", "reports-templates", "data", "docs", "build"];

    public static string Root { get; } = FindRoot();

    /// <summary>All sources, in files that git keeps or would keep, sorted.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Directory.EnumerateFiles(Root)
        .Concat(Folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)))
        .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
        .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "__pycache__" or "TestResults"))
        .Order(StringComparer.Ordinal)];

    public static string Absolute(string path) => Path.Combine(Root, path);

    public static string Read(string path) => File.ReadAllText(Absolute(path));

    /// <param name="folder"><c>src/Runner</c>; with a slash at the end or without.</param>
    public static IEnumerable<string> In(string folder, string extension) =>
        All.Where(path => path.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal)
            && path.EndsWith(extension, StringComparison.Ordinal));

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "Pipelines.sln")))
                return folder;
        throw new InvalidOperationException("The repository is not above the tests.");
    }
}
