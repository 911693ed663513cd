using Pipelines.Runner.Documents;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;

namespace Pipelines.Runner.Storage;

/// <summary>
/// Whether another file of the project is a pipeline of the same name: their reports and runs would be one. Looked for beside the file, in
/// the root of the project and below <c>pipelines</c>.
/// </summary>
internal static class SameNames
{
    private const string Key = "pipeline:";
    private const int MaxHead = 64 << 10;

    /// <param name="path">The file of the plan, absolute.</param>
    public static IEnumerable<Diagnostic> Of(Plan plan, string path, string projectRoot)
    {
        var folders = Below(Path.Combine(projectRoot, "pipelines")).Append(Path.GetDirectoryName(path)!).Append(projectRoot);
        var files = folders.Where(Directory.Exists).SelectMany(Directory.EnumerateFiles).Distinct(StringComparer.Ordinal)
            .Where(file => Path.GetExtension(file) is ".yaml" or ".yml" && file != path && NameIn(file) == plan.Pipeline)
            .Order(StringComparer.Ordinal);
        return files.Take(1).Select(file => new Diagnostic("same-pipeline-name", Severity.Error,
            $"the pipeline in {Quoted.Short(Path.GetRelativePath(projectRoot, file))} has this name too: their reports would be one",
            plan.Name.At, "give one of them another name"));
    }

    // Hidden folders belong to tools; a link could lead out of the project, or round in circles.
    private static IEnumerable<string> Below(string folder) =>
        !Directory.Exists(folder) || new DirectoryInfo(folder).LinkTarget is not null ? []
        : Directory.EnumerateDirectories(folder).Where(path => !Path.GetFileName(path).StartsWith('.')).SelectMany(Below).Prepend(folder);

    private static string? NameIn(string path)
    {
        if (FileStamp.IsSpecial(path) || new FileInfo(path).LinkTarget is not null)
            return null;
        using var reader = File.OpenText(path);
        var head = new char[MaxHead];
        return PipelineName.In(head.AsSpan(0, reader.ReadBlock(head)));
    }
}
