namespace Pipelines.Stages.Tables.Files;

/// <summary>Opens files that others wrote: those that hold something, decompressed where they are gzip archives.</summary>
internal static class DataFile
{
    private const int BufferSize = 1 << 16;

    /// <summary>In bytes, links followed. Pipes, devices and sockets have none: whoever opened one would wait for ever.</summary>
    public static long LengthOf(string path) =>
        new FileInfo(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path).Length;

    /// <exception cref="UnreadableFileException">It is a folder, holds nothing, or is of a format that is no text.</exception>
    public static Stream OpenText(string path)
    {
        if (Directory.Exists(path))
            throw new UnreadableFileException("this is a folder, not a file") { Help = "name a file in it" };
        if (LengthOf(path) == 0)
            throw new UnreadableFileException("the file is empty")
            {
                Help = "a pipe or a device is no file either: write what it gives into a file first",
            };
        FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, FileOptions.SequentialScan);
        try
        {
            return Decompressed(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static Stream Decompressed(FileStream file)
    {
        Span<byte> start = stackalloc byte[FileSignature.MaxLength];
        start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        file.Position = 0;
        if (FileSignature.OfForeign(start) is { } foreign)
            throw new UnreadableFileException($"the file is {foreign.Name}") { Help = foreign.Help };
        if (start.StartsWith(FileSignature.Gzip.Start))
            return new GzipContent(file);
        return file.Name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? throw new UnreadableFileException("the file is no gzip archive, although its name ends in .gz")
            {
                Help = "if it is plain text, take the .gz off its name",
            }
            : file;
    }
}
