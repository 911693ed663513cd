using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Pipelines.Runner.Execution;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Storage;

/// <summary>Hashes of input files, remembered by what the file system says of them so that large files are read once.</summary>
public sealed class InputFiles : IInputFiles
{
    private readonly string _projectRoot;
    private readonly TimeProvider _time;
    private readonly InputIndex _index;
    private readonly ConcurrentDictionary<string, string?> _found = new(StringComparer.Ordinal);

    public InputFiles(string projectRoot, TimeProvider time)
    {
        _projectRoot = projectRoot;
        _time = time;
        _index = new(new StoreLayout(projectRoot).InputIndex);
    }

    public string Absolute(string path) => path.Length == 0 ? _projectRoot : Path.GetFullPath(path, _projectRoot);

    public bool Exists(string path) => Path.Exists(Absolute(path));

    public bool IsFile(string path) => File.Exists(Absolute(path)) && !IsSpecial(path);

    public bool IsSpecial(string path) => FileStamp.IsSpecial(Absolute(path));

    public ContentHash? Find(string path) => _found.GetOrAdd(path, Compute) is { } hex ? new(hex) : null;

    public bool HasChanged(string path) => _found.TryGetValue(path, out var before) && before != Compute(path);

    public string? Nearest(string path)
    {
        var folder = Path.GetDirectoryName(Absolute(path));
        if (!Directory.Exists(folder))
            return folder is null || Path.GetDirectoryName(path) is not { Length: > 0 } parent ? null : Nearest(parent);
        var names = Directory.EnumerateFileSystemEntries(folder).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal);
        return Documents.Nearest.To(Path.GetFileName(path), names) is { } name
            ? Path.Combine(Path.GetDirectoryName(path) ?? "", name)
            : null;
    }

    public void Save() => _index.Save();

    private string? Compute(string path)
    {
        var absolute = Absolute(path);
        return File.Exists(absolute) ? OfFile(absolute).Hex : Directory.Exists(absolute) ? OfFolder(absolute).Hex : null;
    }

    private ContentHash OfFile(string absolute)
    {
        var before = FileStamp.Of(absolute);
        if (before is { } stamp && _index.Find(absolute, stamp) is { } known)
            return known;
        if (FileStamp.IsSpecial(absolute))
            throw new IOException($"'{absolute}' is a pipe or a device, not a file");
        using var stream = new FileStream(
            absolute, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16, FileOptions.SequentialScan);
        var hash = new ContentHash(Convert.ToHexStringLower(SHA256.HashData(stream)));
        if (before is { } trusted && !trusted.IsTooFresh(_time.GetUtcNow()) && FileStamp.Of(absolute) == trusted)
            _index.Add(absolute, trusted, hash);
        return hash;
    }

    private ContentHash OfFolder(string folder)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var files = FilesIn(new(folder))
            .Select(file => (Name: Path.GetRelativePath(folder, file).Replace('\\', '/'), Path: file))
            .OrderBy(file => file.Name, StringComparer.Ordinal);
        foreach (var (name, path) in files)
            sha.AppendData(Encoding.UTF8.GetBytes($"{name}\0{OfFile(path).Hex}\n"));
        return new(Convert.ToHexStringLower(sha.GetHashAndReset()));
    }

    private static IEnumerable<string> FilesIn(DirectoryInfo folder) =>
        folder.EnumerateFiles().Select(file => file.FullName)
            .Concat(folder.EnumerateDirectories().SelectMany(inner => FilesIn(Straight(inner))));

    // A walk through a link to a folder around it never ends: with two such links the number of paths doubles at every level.
    private static DirectoryInfo Straight(DirectoryInfo folder) =>
        folder.LinkTarget is not null && folder.ResolveLinkTarget(returnFinalTarget: true) is { } target
            && IsAround(target.FullName, folder)
            ? throw new IOException($"'{folder.FullName}' is a link to a folder around it")
            : folder;

    private static bool IsAround(string target, DirectoryInfo link) =>
        $"{link.FullName}{Path.DirectorySeparatorChar}".StartsWith(
            target.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
