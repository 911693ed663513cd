namespace Pipelines.TestKit;

/// <summary>A project folder of its own for one test, with a space and an accent in its name; removed at the end.</summary>
public sealed class TempWorkspace : IDisposable
{
    /// <param name="parent">Where it is made; null: where temporary folders are.</param>
    public TempWorkspace(string? parent = null) =>
        Root = Directory.CreateDirectory(Path.Combine(parent ?? Path.GetTempPath(), $"pipelines é {Guid.NewGuid():N}")).FullName;

    public string Root { get; }

    public string Write(string path, string content)
    {
        var absolute = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(absolute)!);
        File.WriteAllText(absolute, content);
        return absolute;
    }

    public string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>Paths of all files below a folder, relative to the root, sorted.</summary>
    public IReadOnlyList<string> Files(string folder = "") => !Directory.Exists(Path.Combine(Root, folder)) ? [] :
        [.. Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file)).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
