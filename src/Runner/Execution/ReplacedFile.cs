namespace Pipelines.Runner.Execution;

/// <summary>Writes a file beside its place and renames it, so that whoever looks finds it whole: the new one, or the one before.</summary>
internal static class ReplacedFile
{
    public static void Write(string path, Action<Stream> write)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}";
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

    public static void Write(string path, byte[] content) => Write(path, file => file.Write(content));
}
