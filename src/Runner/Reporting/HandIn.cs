using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Text.Unicode;

namespace Pipelines.Runner.Reporting;

/// <summary>
/// The archive that is handed in: <c>tp_&lt;subject&gt;_&lt;name&gt;_&lt;name&gt;.zip</c> with the report, the pipeline file and its lock,
/// answers, tables, figures, predictions, metrics, and a list of them with their hashes. Equal contents give equal bytes.
/// </summary>
public static partial class HandIn
{
    public const string Manifest = "manifest.json";
    public const string Page = "report.html";

    // No file of an archive has a time of its own.
    private static readonly DateTimeOffset s_time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="names">Of the authors, as they are put into the name of the archive.</param>
    /// <returns>The archive's path relative to the project root.</returns>
    /// <exception cref="ReportException">The report has not been written.</exception>
    public static string Write(Plan plan, RunRecord run, string projectRoot, IReadOnlyList<string> names)
    {
        var files = Files(plan, projectRoot);
        var name = $"tp_{string.Join('_', names.Prepend(plan.Pipeline).Select(Plain))}.zip";
        using MemoryStream bytes = new();
        using (ZipArchive archive = new(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, content) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
                Add(archive, path, content);
            Add(archive, Manifest, ManifestOf(plan, run, files));
        }
        var target = Path.Combine(projectRoot, "reports", name);
        ReplacedFile.Write(target, bytes.ToArray());
        return $"reports/{name}";
    }

    private static SortedDictionary<string, byte[]> Files(Plan plan, string projectRoot)
    {
        var page = Path.Combine(projectRoot, "reports", plan.RunName + ".html");
        if (!FileStamp.IsFile(page))
            throw new ReportException($"there is no report {page} to hand in");
        var folder = Path.Combine(projectRoot, "reports", plan.RunName);
        return Files(plan, projectRoot, File.ReadAllText(page), Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetRelativePath(folder, path).Replace('\\', '/'), File.ReadAllBytes, StringComparer.Ordinal));
    }

    /// <summary>What is handed in of a report, by its name in the archive; all but the list.</summary>
    /// <param name="beside">The files in the folder of the report.</param>
    internal static SortedDictionary<string, byte[]> Files(
        Plan plan, string projectRoot, string html, IReadOnlyDictionary<string, byte[]> beside)
    {
        SortedDictionary<string, byte[]> files = new(StringComparer.Ordinal) { [Page] = Encoding.UTF8.GetBytes(html) };
        foreach (var (name, svg) in ReportPictures.Of(html))
            files[$"figures/{name}.svg"] = Encoding.UTF8.GetBytes(svg);
        foreach (var (name, content) in beside)
            files[name] = content;
        files["pipeline.yaml"] = Encoding.UTF8.GetBytes(plan.Source.Text);
        files["pipeline.resolved.yaml"] = Encoding.UTF8.GetBytes(plan.ResolvedYaml);
        var lockFile = Path.ChangeExtension(Path.Combine(projectRoot, plan.Source.Path), ".lock.json");
        if (FileStamp.IsFile(lockFile))
            files["pipeline.lock.json"] = File.ReadAllBytes(lockFile);
        if (plan.Report.Answers is { } answers && FileStamp.IsFile(Path.Combine(projectRoot, answers)))
            files["answers.md"] = File.ReadAllBytes(Path.Combine(projectRoot, answers));
        return files;
    }

    private static byte[] ManifestOf(Plan plan, RunRecord run, IReadOnlyDictionary<string, byte[]> files) =>
        JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["pipeline"] = plan.RunName,
            ["runner"] = run.Environment.Runner,
            ["files"] = new JsonObject([.. files.Select(file =>
                KeyValuePair.Create(file.Key, (JsonNode?)HashOf(file.Value)))]),
            ["stages"] = new JsonObject([.. run.Stages.OrderBy(stage => stage.Id, StringComparer.Ordinal).Select(stage =>
                KeyValuePair.Create(stage.Id, (JsonNode?)FingerprintOf(stage.Outcome)))]),
        }, Json.Indented);

    internal static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static string? FingerprintOf(StageOutcome outcome) => outcome switch
    {
        StageOutcome.Ran ran => ran.Fingerprint.Hex,
        StageOutcome.Reused reused => reused.Fingerprint.Hex,
        StageOutcome.Stale or StageOutcome.Failed or StageOutcome.Skipped or StageOutcome.Interrupted => null,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static void Add(ZipArchive archive, string path, byte[] content)
    {
        var entry = archive.CreateEntry(path, CompressionLevel.Optimal);
        entry.LastWriteTime = s_time;
        using var stream = entry.Open();
        stream.Write(content);
    }

    // « Zoé Le Goff » → zoe-le-goff: the name of a file on any system.
    private static string Plain(string name)
    {
        var ascii = string.Concat(Normalization.Nfd(name).Where(char.IsAscii)).ToLowerInvariant();
        return string.Join('-', Words().Matches(ascii).Select(word => word.Value)) is { Length: > 0 } plain
            ? plain
            : throw new ReportException($"the name '{name}' has no letter that the name of an archive can have");
    }

    [GeneratedRegex("[a-z0-9]+")]
    private static partial Regex Words();
}
