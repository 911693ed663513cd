using System.Security.Cryptography;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Storage;

/// <summary>One file of an object, as it was when committed.</summary>
/// <param name="Name">Relative to the object's folder, with slashes.</param>
internal sealed record StoredFile(string Name, long Bytes, ContentHash Hash)
{
    private static readonly byte[] ParquetMark = "PAR1"u8.ToArray();

    /// <summary>All files below a folder, by name.</summary>
    public static IReadOnlyList<StoredFile> AllIn(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => Of(folder, path)).OrderBy(file => file.Name, StringComparer.Ordinal)];

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
        if (thorough ? HashOf(path) != Hash : !HasItsMarks(path))
            return $"the content of {Name} has changed";
        return null;
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
