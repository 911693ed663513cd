namespace Pipelines.Runner.Execution;

/// <summary>Writes a file beside its place and renames it, so that whoever looks finds it whole: the new one, or the one before.</summary>
internal static class ReplacedFile
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromHours(1);

    public static void Write(string path, Action<Stream> write)
    {
        RemoveLeftOvers(path);
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
    private static void RemoveLeftOvers(string path)
    {
        var folder = Path.GetDirectoryName(path) is { Length: > 0 } parent ? parent : ".";
        var name = Path.GetFileName(path) + ".";
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles(name + "*"))
            // As on Windows, the pattern also finds the name without an ending.
            if (file.Name.StartsWith(name, StringComparison.Ordinal) && Guid.TryParseExact(file.Name.AsSpan(name.Length), "N", out _)
                && TimeProvider.System.GetUtcNow() - file.LastWriteTimeUtc > LongEnough)
                file.Delete();
    }

    public static void Write(string path, byte[] content) => Write(path, file => file.Write(content));
}
