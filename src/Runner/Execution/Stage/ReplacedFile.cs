namespace Pipelines.Runner.Execution;

/// <summary>Writes a file beside its place and renames it, so that whoever looks finds it whole: the new one, or the one before.</summary>
internal static class ReplacedFile
{
    public static void Write(string path, byte[] content) => Write(path, file => file.Write(content));

    public static void Write(string path, Action<Stream> write)
    {
        using ReplacedFiles files = new();
        files.Write(path, write);
        files.Replace();
    }
}
