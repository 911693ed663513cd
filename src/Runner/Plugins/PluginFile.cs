using System.Text.RegularExpressions;
using Pipelines.Runner.Documents;

namespace Pipelines.Runner.Plugins;

/// <summary>The assembly that a path of <c>plugins</c> leads to.</summary>
/// <param name="Shown">Its path from the project root, where it is below it.</param>
internal sealed partial record PluginFile(YamlScalar Written, string Path, string Shown)
{
    private static readonly string[] SourceExtensions = [".cs", ".csproj", ".props", ".targets", ".yaml"];
    private static readonly string[] NoSources = ["bin", "obj", "tests"];

    /// <summary>Null when there is none, or the project has to be built first.</summary>
    public static PluginFile? Find(string projectRoot, YamlScalar written, ICollection<Diagnostic> diagnostics)
    {
        if (written.Text.Contains('\0', StringComparison.Ordinal))
        {
            diagnostics.Add(Diagnostics.PluginMissing(written, null));
            return null;
        }
        var path = System.IO.Path.GetFullPath(written.Text, projectRoot);
        if (HoldsSomething(path))
            return Of(projectRoot, written, path);
        if (!Directory.Exists(path))
        {
            diagnostics.Add(Diagnostics.PluginMissing(written, NearestTo(projectRoot, path)));
            return null;
        }
        string[] projects = [.. Directory.EnumerateFiles(path, "*.csproj").Order(StringComparer.Ordinal)];
        if (projects is not [var project])
        {
            diagnostics.Add(Diagnostics.PluginProjectUnclear(written, [.. projects.Select(file => System.IO.Path.GetFileName(file))]));
            return null;
        }
        return Built(projectRoot, written, project, diagnostics);
    }

    private static PluginFile? Built(string projectRoot, YamlScalar written, string project, ICollection<Diagnostic> diagnostics)
    {
        var folder = System.IO.Path.GetDirectoryName(project)!;
        var output = System.IO.Path.Combine(folder, "bin");
        var name = AssemblyName().Match(HoldsSomething(project) ? File.ReadAllText(project) : "") is { Success: true } match
            ? match.Groups["name"].Value.Trim()
            : System.IO.Path.GetFileNameWithoutExtension(project);
        // Debug or Release: the one built last.
        var assembly = !Directory.Exists(output)
            ? null
            : new DirectoryInfo(output).EnumerateFiles($"{name}.dll", SearchOption.AllDirectories)
            .OrderByDescending(file => file.LastWriteTimeUtc).ThenBy(file => file.FullName, StringComparer.Ordinal).FirstOrDefault();
        if (assembly is null)
            diagnostics.Add(Diagnostics.PluginNotBuilt(written));
        else if (Sources(folder).FirstOrDefault(source => source.LastWriteTimeUtc > assembly.LastWriteTimeUtc) is { } edited)
            diagnostics.Add(Diagnostics.PluginOutdated(written, System.IO.Path.GetRelativePath(folder, edited.FullName)));
        else
            return Of(projectRoot, written, assembly.FullName);
        return null;
    }

    /// <summary>A pipe or a device holds nothing, and whoever opened it would wait.</summary>
    public static bool HoldsSomething(string path) => new FileInfo(path) is { Exists: true, Length: > 0 };

    private static IEnumerable<FileInfo> Sources(string folder)
    {
        DirectoryInfo root = new(folder);
        return root.EnumerateDirectories().Where(below => !NoSources.Contains(below.Name) && !below.Name.StartsWith('.'))
            .SelectMany(below => below.EnumerateFiles("*", SearchOption.AllDirectories)).Concat(root.EnumerateFiles())
            .Where(file => SourceExtensions.Contains(file.Extension)).OrderBy(file => file.FullName, StringComparer.Ordinal);
    }

    private static PluginFile Of(string projectRoot, YamlScalar written, string path)
    {
        var relative = System.IO.Path.GetRelativePath(projectRoot, path).Replace('\\', '/');
        return new(written, path, relative.StartsWith("../", StringComparison.Ordinal) ? path : relative);
    }

    private static string? NearestTo(string projectRoot, string path)
    {
        var folder = System.IO.Path.GetDirectoryName(path);
        if (!Directory.Exists(folder))
            return null;
        var names = Directory.EnumerateFileSystemEntries(folder).Select(entry => System.IO.Path.GetFileName(entry))
            .Order(StringComparer.Ordinal);
        return Nearest.To(System.IO.Path.GetFileName(path), names) is { } name
            ? System.IO.Path.GetRelativePath(projectRoot, System.IO.Path.Combine(folder, name)).Replace('\\', '/')
            : null;
    }

    [GeneratedRegex("<AssemblyName>(?<name>[^<$]+)</AssemblyName>")]
    private static partial Regex AssemblyName();
}
