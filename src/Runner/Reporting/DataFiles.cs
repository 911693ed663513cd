using System.Security.Cryptography;
using Pipelines.Runner.Documents;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;

namespace Pipelines.Runner.Reporting;

/// <summary>A file that stages of a plan load.</summary>
/// <param name="Path">As the pipeline names it.</param>
/// <param name="Hash">SHA-256 of its bytes; null: it is not there, or too large to be read for a report.</param>
internal sealed record DataFile(string Path, long Bytes, string? Hash);

/// <summary>Where the data of a run come from: their files, and what a <c>source.yaml</c> beside them says.</summary>
/// <param name="Source">Who made them; null: nobody says it.</param>
internal sealed record DataOrigin(IReadOnlyList<DataFile> Files, LocalizedText? Source, LocalizedText? Licence, string? Url)
{
    private const long MaxHashed = 256L << 20;
    private const string SourceFileName = "source.yaml";

    /// <exception cref="ReportException">A <c>source.yaml</c> cannot be read.</exception>
    public static DataOrigin Of(Plan plan, string projectRoot)
    {
        var files = FilesOf(plan).Select(path => FileOf(path, projectRoot)).OfType<DataFile>().ToList();
        var said = SourcesOf(plan, projectRoot).Where(FileStamp.IsFile).Select(path => Read(path, projectRoot)).FirstOrDefault();
        return new(files, Text("source"), Text("licence"), said?.Find("url")?.Value is YamlScalar { IsNull: false } url ? url.Text : null);

        LocalizedText? Text(string key) => said?.Find(key)?.Value is { } node ? TextReading.Localized(node, $"'{key}'", []) : null;
    }

    /// <summary>Where it may be said, of each folder with data.</summary>
    public static IEnumerable<string> SourcesOf(Plan plan, string projectRoot) => FilesOf(plan)
        .Select(path => Path.Combine(projectRoot, Path.GetDirectoryName(path) ?? "", SourceFileName)).Distinct(StringComparer.Ordinal)
        .Where(path => ProjectFolder.Holds(projectRoot, path));

    // Of stages that take nothing from others: they are where data come in.
    private static IEnumerable<string> FilesOf(Plan plan) => plan.Stages.Where(stage => stage.Inputs.Count == 0)
        .SelectMany(stage => stage.Values.Values).Select(value => value.File).OfType<string>().Where(file => file.Length > 0)
        .Distinct(StringComparer.Ordinal);

    private static DataFile? FileOf(string path, string projectRoot)
    {
        FileInfo file = new(Path.Combine(projectRoot, path));
        if (!file.Exists || FileStamp.IsSpecial(file.FullName))
            return null;
        if (file.Length > MaxHashed)
            return new(path, file.Length, null);
        using var content = file.OpenRead();
        return new(path, file.Length, Convert.ToHexStringLower(SHA256.HashData(content)));
    }

    private static YamlMap? Read(string path, string projectRoot)
    {
        List<Diagnostic> diagnostics = [];
        SourceFile file = new(Path.GetRelativePath(projectRoot, path), File.ReadAllText(path));
        return YamlReader.Read(file, diagnostics) as YamlMap
            ?? throw new ReportException($"{file.Path} says nothing of where the data come from: source, licence, url");
    }
}
