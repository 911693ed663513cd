namespace Pipelines.Runner.Execution;

/// <summary>Writes a file beside its place and renames it, so that whoever looks finds it whole: the new one, or the one before.</summary>
internal static class ReplacedFile
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromHours(1);

    public static void Write(string path, byte[] content) => Write(path, file => file.Write(content));

    public static void Write(string path, Action<Stream> write)
    {
        var folder = Path.GetDirectoryName(path) is { Length: > 0 } parent ? parent : ".";
        RemoveLeftOvers(folder, [Path.GetFileName(path)]);
        Replace(path, write);
    }

    /// <summary>Several files of a folder, each as <see cref="Write(string, byte[])"/>; the folder is looked through once.</summary>
    public static void WriteAll(string folder, IReadOnlyDictionary<string, byte[]> contents)
    {
        RemoveLeftOvers(folder, contents.Keys.ToHashSet(StringComparer.Ordinal));
        foreach (var (name, content) in contents)
            Replace(Path.Combine(folder, name), file => file.Write(content));
    }

    private static void Replace(string path, Action<Stream> write)
    {
#pragma warning disable RS0030 // Two processes may write the same file at once.
        var temporary = $"{path}.{Guid.NewGuid():N}";
#pragma warning restore RS0030
        try
        {
            using (var file = File.Create(temporary))
                write(file);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            // On a full disk half a file would be left in a folder that may be the user's.
            File.Delete(temporary);
            throw;
        }
    }

    // Of processes that were killed before they renamed their file.
    private static void RemoveLeftOvers(string folder, HashSet<string> names)
    {
        foreach (var path in Directory.EnumerateFiles(folder))
        {
            var name = Path.GetFileName(path.AsSpan());
            var end = name.LastIndexOf('.');
            if (end >= 0 && Guid.TryParseExact(name[(end + 1)..], "N", out _) && names.Contains(name[..end].ToString())
                && TimeProvider.System.GetUtcNow() - File.GetLastWriteTimeUtc(path) > LongEnough)
                File.Delete(path);
        }
    }
}
