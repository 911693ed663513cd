namespace Pipelines.Runner.Execution;

/// <summary>Files that are written beside their places, and renamed one after the other once all of them are whole.</summary>
internal sealed class ReplacedFiles : IDisposable
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromHours(1);

    private readonly List<(string Temporary, string Path)> _written = [];
    private readonly Dictionary<string, ILookup<string, string>> _leftOvers = new(StringComparer.Ordinal);

    /// <summary>Nothing is replaced yet.</summary>
    /// <returns>How many bytes were written.</returns>
    public long Write(string path, Action<Stream> write)
    {
        RemoveLeftOvers(path);
#pragma warning disable RS0030 // Two processes may write the same file at once.
        var temporary = $"{path}.{Guid.NewGuid():N}";
#pragma warning restore RS0030
        _written.Add((temporary, path));
        using var file = File.Create(temporary);
        write(file);
        return file.Length;
    }

    public void Replace()
    {
        foreach (var (temporary, path) in _written)
            File.Move(temporary, path, overwrite: true);
        _written.Clear();
    }

    /// <summary>What was not put in its place is removed: on a full disk it would be left in a folder that may be the user's.</summary>
    public void Dispose()
    {
        foreach (var (temporary, _) in _written)
            File.Delete(temporary);
    }

    // Of processes that were killed before they renamed their file. A folder is looked through once.
    private void RemoveLeftOvers(string path)
    {
        var folder = Path.GetDirectoryName(path) is { Length: > 0 } parent ? parent : ".";
        if (!_leftOvers.TryGetValue(folder, out var found))
            _leftOvers[folder] = found = Directory.EnumerateFiles(folder).Where(IsTemporary)
                .ToLookup(file => Path.GetFileNameWithoutExtension(file), StringComparer.Ordinal);
        foreach (var file in found[Path.GetFileName(path)])
            if (TimeProvider.System.GetUtcNow() - File.GetLastWriteTimeUtc(file) > LongEnough)
                File.Delete(file);
    }

    private static bool IsTemporary(string path) =>
        Path.GetExtension(path.AsSpan()) is { Length: > 1 } end && Guid.TryParseExact(end[1..], "N", out _);
}
