using System.Text;
using Pipelines.Runner.Terminal;

namespace Pipelines.Runner.Commands;

/// <summary>A file that the user asked for by an option, from the current folder.</summary>
internal static class OutputFile
{
    /// <exception cref="UsageException">It cannot be written.</exception>
    public static void Write(Screen screen, string path, string text) => Write(screen, path, writer => writer.Write(text));

    /// <inheritdoc cref="Write(Screen, string, string)"/>
    public static void Write(Screen screen, string path, Action<TextWriter> write)
    {
        try
        {
            if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
                Directory.CreateDirectory(folder);
            using var writer = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false))
            {
                NewLine = "\n",
            };
            write(writer);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"'{path}' cannot be written: {error.Message}");
        }
        screen.Out.WriteLine($"wrote {path}");
    }
}
