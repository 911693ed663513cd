using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Pipelines.Runner.Execution;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Storage;

/// <summary>One file of an object, as it was when committed.</summary>
/// <param name="Name">Relative to the object's folder, with slashes.</param>
internal sealed record StoredFile(string Name, long Bytes, ContentHash Hash)
{
    /// <summary>In each object: its files as they were when it was placed, so that it can be checked by itself.</summary>
    public const string ListName = ".files";

    /// <summary>Whether a name stays below the folder of its object.</summary>
    public static bool IsName([NotNullWhen(true)] string? name) =>
        !string.IsNullOrEmpty(name) && !name.AsSpan().ContainsAny('\\', '\0') && !name.Split('/').Any(part => part is "" or "." or "..");

    /// <summary>All files below a folder, by name.</summary>
    public static IReadOnlyList<StoredFile> AllIn(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => Of(folder, path)).Where(file => file.Name != ListName).OrderBy(file => file.Name, StringComparer.Ordinal)];

    /// <summary>One line a file, and a last one with the hash of these lines: a list that is cut short would leave files out.</summary>
    public static void WriteList(string folder, IReadOnlyList<StoredFile> files)
    {
        var lines = string.Concat(
            files.Select(file => string.Create(CultureInfo.InvariantCulture, $"{file.Hash.Hex} {file.Bytes} {file.Name}\n")));
        File.WriteAllText(Path.Combine(folder, ListName), lines + HashOfLines(lines));
    }

    /// <summary>Null when an object has no whole list.</summary>
    public static IReadOnlyList<StoredFile>? ReadList(string folder)
    {
        string text;
        if (!FileStamp.IsFile(Path.Combine(folder, ListName)))
            return null;
        try
        {
            text = File.ReadAllText(Path.Combine(folder, ListName));
        }
        catch (IOException)
        {
            return null;
        }
        var end = text.LastIndexOf('\n') + 1;
        return text[end..] == HashOfLines(text[..end]) ? Parse(text[..end].Split('\n', StringSplitOptions.RemoveEmptyEntries)) : null;
    }

    private static string HashOfLines(string lines) => ContentHash.Of(Encoding.UTF8.GetBytes(lines)).Hex;

    private static List<StoredFile>? Parse(string[] lines)
    {
        var files = new List<StoredFile>();
        foreach (var line in lines)
            if (line.Split(' ', 3) is [var hex, var bytes, var name] && IsName(name)
                && ContentHash.Find(hex) is { } hash && long.TryParse(bytes, CultureInfo.InvariantCulture, out var size))
                files.Add(new(name, size, hash));
            else
                return null;
        return files;
    }

    /// <summary>What is wrong with the files of an object now, or null.</summary>
    /// <param name="thorough">Reads every byte.</param>
    public static string? Problem(string folder, IReadOnlyList<StoredFile> files, bool thorough)
    {
        foreach (var file in files)
            if (file.Problem(folder, thorough) is { } problem)
                return problem;
        return null;
    }

    private string? Problem(string folder, bool thorough)
    {
        var path = $"{folder}{Path.DirectorySeparatorChar}{Name}";
        if (FileStamp.OfRegular(path) is not { } stamp)
            return $"{Name} is missing";
        if (stamp.Size != Bytes)
            return FormattableString.Invariant($"{Name} has {stamp.Size} bytes instead of {Bytes}");
        try
        {
            // Files are flushed before an object is placed, so that one of the right size is whole unless the disk fails.
            return !thorough || HashOf(path) == Hash ? null : $"the content of {Name} has changed";
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            // Another process has just taken the object out of the store.
            return $"{Name} is missing";
        }
        catch (IOException error)
        {
            return $"{Name} cannot be read: {error.Message}";
        }
    }

    private static StoredFile Of(string folder, string path) =>
        new(Path.GetRelativePath(folder, path).Replace('\\', '/'), new FileInfo(path).Length, HashOf(path));

    private static ContentHash HashOf(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16, FileOptions.SequentialScan);
        return new(Convert.ToHexStringLower(SHA256.HashData(stream)));
    }
}

/// <summary>An object as a result points to it.</summary>
internal sealed record StoredObject(ContentHash Id, IReadOnlyList<StoredFile> Files)
{
    public long Bytes => Files.Sum(file => file.Bytes);
}
