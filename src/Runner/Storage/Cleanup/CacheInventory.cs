using System.Globalization;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Storage;

/// <summary>What the store of a project holds.</summary>
public static class CacheInventory
{
    /// <summary>All readable results, the latest first.</summary>
    public static IReadOnlyList<CachedResult> Of(string projectRoot)
    {
        var layout = new StoreLayout(projectRoot);
        return [.. ActionFiles(layout).Select(path => Read(path, layout)).OfType<CachedResult>()
            .OrderByDescending(result => result.Made).ThenBy(result => result.Fingerprint.Hex, StringComparer.Ordinal)];
    }

    internal static IEnumerable<string> ActionFiles(StoreLayout layout) =>
        StoreFolder.Inner(layout.Actions).SelectMany(folder => Directory.EnumerateFiles(folder, "*.json"));

    /// <summary>Named by hashes; whatever else lies there is not the store's.</summary>
    internal static IEnumerable<string> ObjectFolders(StoreLayout layout) =>
        StoreFolder.Inner(layout.Objects).SelectMany(StoreFolder.Inner)
            .Where(folder => ContentHash.Find(Path.GetFileName(folder)) is not null);

    internal static long SizeOf(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    private static CachedResult? Read(string path, StoreLayout layout)
    {
        // A collection beside this may have removed it meanwhile.
        if (ContentHash.Find(Path.GetFileNameWithoutExtension(path)) is not { } fingerprint
            || !SmallFile.TryRead(path, out var bytes)
            || ActionFile.Parse(bytes, fingerprint, layout).File is not { } file)
            return null;
        var action = file.Action;
        return new(
            fingerprint, KindOf(action.Fingerprint), action.Run, new(File.GetLastWriteTimeUtc(path)), action.Took, NoteOf(action),
            file.Objects.Sum(stored => stored.Bytes), [.. file.Objects.Select(stored => stored.Id)]);
    }

    // A result may belong to several pipelines with other stage ids, so its sources are named by port and number.
    private static string? NoteOf(ActionRecord action) => action.Note is null ? null
        : SourceName.Replace(action.Note, (port, index, _) => string.Create(CultureInfo.InvariantCulture, $"{port} {index + 1}"));

    private static string KindOf(Fingerprint fingerprint) => fingerprint.Reasons.FirstOrDefault(reason => reason.Key == "kind").Value ?? "";
}

/// <summary>One result in the store, for people.</summary>
/// <param name="Run">That made it.</param>
/// <param name="Bytes">Of its objects; objects that results share count for each.</param>
public sealed record CachedResult(
    ContentHash Fingerprint, string Kind, string Run, DateTimeOffset Made, TimeSpan Took, string? Note, long Bytes,
    IReadOnlyList<ContentHash> Objects);
