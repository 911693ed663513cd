using Pipelines.Runner.Terminal;

namespace Pipelines.Runner.Commands;

/// <summary>A file that the user asked for by an option, from the current folder.</summary>
internal static class OutputFile
{
    /// <exception cref="UsageException">It cannot be written.</exception>
    public static void Write(Screen screen, string path, string text)
    {
        try
        {
            if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
                Directory.CreateDirectory(folder);
            File.WriteAllText(path, text);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"'{path}' cannot be written: {error.Message}");
        }
        screen.Out.WriteLine($"wrote {path}");
    }
}
