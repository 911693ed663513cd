using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Pipelines.Runner.Execution;

namespace Pipelines.Runner.Reporting.Verification;

/// <summary>A report or an archive as it was handed in, read and not trusted.</summary>
/// <param name="Page">The text of the report.</param>
/// <param name="Record">What the page says of itself; null: nothing, as those of other templates.</param>
/// <param name="Files">Of an archive, by name; empty for a report alone.</param>
internal sealed record HandedIn(string Page, ReportRecord? Record, IReadOnlyDictionary<string, byte[]> Files)
{
    private const long MaxBytes = 256L << 20;
    private const int MaxFiles = 20_000;

    /// <summary>Hashes of the files of an archive, by its list.</summary>
    public IReadOnlyDictionary<string, string?> Listed { get; private init; } = new Dictionary<string, string?>();

    /// <summary>Fingerprints by stage, by the list of an archive.</summary>
    public IReadOnlyDictionary<string, string?> ListedStages { get; private init; } = new Dictionary<string, string?>();

    /// <summary>Every number that it states, by <c>stage.metric</c>: of an archive all, of a page those that are read first.</summary>
    public IReadOnlyDictionary<string, double> Numbers { get; private init; } = new Dictionary<string, double>();

    /// <exception cref="ReportException">It is neither, or larger than either can be.</exception>
    public static HandedIn Read(string path)
    {
        if (!FileStamp.IsFile(path))
            throw new ReportException($"there is no file '{path}'");
        if (new FileInfo(path).Length > MaxBytes)
            throw new ReportException($"'{path}' is larger than a report can be");
        var bytes = File.ReadAllBytes(path);
        if (!bytes.AsSpan().StartsWith("PK"u8))
            return Encoding.UTF8.GetString(bytes) is var page && page.Contains("</html>", StringComparison.OrdinalIgnoreCase)
                ? OfPage(page, new Dictionary<string, byte[]>())
                : throw new ReportException(
                    $"'{path}' is neither a report nor an archive: verify the page (.html) or the archive (.zip) that it was made with");
        try
        {
            return OfArchive(path, bytes);
        }
        catch (Exception error) when (error is InvalidDataException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ReportException($"the archive '{path}' cannot be read: {error.Message}", error);
        }
    }

    private static HandedIn OfPage(string page, IReadOnlyDictionary<string, byte[]> files) => ReportRecord.In(page) is { } record
        ? new(page, record, files) { Numbers = record.Metrics }
        : new(page, null, files);

    private static HandedIn OfArchive(string path, byte[] bytes)
    {
        var files = Unpacked(path, bytes);
        if (!files.TryGetValue(HandIn.Page, out var page) || !files.TryGetValue(HandIn.Manifest, out var list))
            throw new ReportException($"'{path}' is no archive of a report: it has no {HandIn.Page} or no {HandIn.Manifest}");
        using var manifest = JsonDocument.Parse(list);
        var read = OfPage(Encoding.UTF8.GetString(page), files);
        return read with
        {
            Listed = TextsOf(manifest, "files"),
            ListedStages = TextsOf(manifest, "stages"),
            Numbers = files.TryGetValue(ReportContents.Metrics, out var metrics)
                ? JsonSerializer.Deserialize<Dictionary<string, double>>(metrics, Pipelines.Stages.Contracts.Json.Plain)!
                : read.Numbers,
        };
    }

    private static Dictionary<string, string?> TextsOf(JsonDocument manifest, string name) => manifest.RootElement.GetProperty(name)
        .EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetString(), StringComparer.Ordinal);

    // An archive may be a stranger's: nothing of it is written, and what it unpacks to is bounded.
    private static Dictionary<string, byte[]> Unpacked(string path, byte[] bytes)
    {
        using ZipArchive archive = new(new MemoryStream(bytes));
        if (archive.Entries.Count > MaxFiles)
            throw new ReportException($"'{path}' holds more files than an archive of a report can");
        Dictionary<string, byte[]> files = new(StringComparer.Ordinal);
        var left = MaxBytes;
        // Programs that pack the same files again add their folders.
        foreach (var entry in archive.Entries.Where(entry => entry is not { Length: 0 } || !entry.FullName.EndsWith('/')))
        {
            using var stream = entry.Open();
            using MemoryStream content = new();
            var buffer = new byte[1 << 16];
            for (int count; (count = stream.Read(buffer)) > 0; content.Write(buffer, 0, count))
                if ((left -= count) < 0)
                    throw new ReportException($"'{path}' unpacks to more than an archive of a report can");
            if (!files.TryAdd(entry.FullName, content.ToArray()))
                throw new ReportException($"'{path}' holds '{entry.FullName}' twice");
        }
        return files;
    }
}
