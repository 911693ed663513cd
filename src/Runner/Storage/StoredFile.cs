using System.Globalization;
using System.Security.Cryptography;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Storage;

/// <summary>One file of an object, as it was when committed.</summary>
/// <param name="Name">Relative to the object's folder, with slashes.</param>
internal sealed record StoredFile(string Name, long Bytes, ContentHash Hash)
{
    /// <summary>In each object: its files as they were when it was placed, so that it can be checked by itself.</summary>
    public const string ListName = ".files";

    private static readonly byte[] ParquetMark = "PAR1"u8.ToArray();

    /// <summary>All files below a folder, by name.</summary>
    public static IReadOnlyList<StoredFile> AllIn(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => Of(folder, path)).Where(file => file.Name != ListName).OrderBy(file => file.Name, StringComparer.Ordinal)];

    public static void WriteList(string folder, IReadOnlyList<StoredFile> files) => File.WriteAllLines(
        Path.Combine(folder, ListName), files.Select(file => string.Create(CultureInfo.InvariantCulture, $"{file.Hash.Hex} {file.Bytes} {file.Name}")));

    /// <summary>Null when an object has no whole list.</summary>
    public static IReadOnlyList<StoredFile>? ReadList(string folder)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(Path.Combine(folder, ListName));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        var files = new List<StoredFile>();
        foreach (var line in lines)
            if (line.Split(' ', 3) is [{ Length: 64 } hash, var bytes, var name] && long.TryParse(bytes, CultureInfo.InvariantCulture, out var size))
                files.Add(new(name, size, new(hash)));
            else
                return null;
        return files;
    }

    /// <summary>What is wrong with the file now, or null.</summary>
    /// <param name="thorough">Reads every byte.</param>
    public string? Check(string folder, bool thorough)
    {
        var path = Path.Combine(folder, Name);
        var info = new FileInfo(path);
        if (!info.Exists)
            return $"{Name} is missing";
        if (info.Length != Bytes)
            return FormattableString.Invariant($"{Name} has {info.Length} bytes instead of {Bytes}");
        try
        {
            return (thorough ? HashOf(path) == Hash : HasItsMarks(path)) ? null : $"the content of {Name} has changed";
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            // Another process has just taken the object out of the store.
            return $"{Name} is missing";
        }
    }

    private static StoredFile Of(string folder, string path) =>
        new(Path.GetRelativePath(folder, path).Replace('\\', '/'), new FileInfo(path).Length, HashOf(path));

    private static ContentHash HashOf(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16, FileOptions.SequentialScan);
        return new(Convert.ToHexStringLower(SHA256.HashData(stream)));
    }

    // A torn or zeroed Parquet file is found without reading it: its format begins and ends with a mark.
    private bool HasItsMarks(string path)
    {
        if (!Name.EndsWith(".parquet", StringComparison.Ordinal))
            return true;
        Span<byte> head = stackalloc byte[4], tail = stackalloc byte[4];
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return Bytes >= 8 && RandomAccess.Read(file, head, 0) == 4 && RandomAccess.Read(file, tail, Bytes - 4) == 4
            && head.SequenceEqual(ParquetMark) && tail.SequenceEqual(ParquetMark);
    }
}
