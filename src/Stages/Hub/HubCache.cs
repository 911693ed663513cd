using System.Security.Cryptography;
using System.Text;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Hub;

/// <summary>
/// A repository in the cache of Hugging Face's clients: <c>refs</c> say which commit a revision was, <c>snapshots</c> hold the files of a
/// commit as links, and <c>blobs</c> their contents by hash.
/// </summary>
public sealed class HubCache(string cache, HubRepository repository)
{
    private readonly string _folder =
        Path.Combine(cache, $"{repository.Plural}--{repository.Name.Replace("/", "--", StringComparison.Ordinal)}");

    public string ReferencePath => Path.Combine(_folder, "refs", repository.Revision);

    /// <summary>The commit that the revision was when somebody last asked the hub; null: nobody has.</summary>
    public string? KnownCommit =>
        File.Exists(ReferencePath) && File.ReadAllText(ReferencePath).Trim() is var commit && HubRepository.IsCommit(commit)
            ? commit
            : null;

    public string SnapshotOf(string commit) => Path.Combine(_folder, "snapshots", commit);

    /// <summary>The names of a commit's files that are there.</summary>
    public IReadOnlyList<string> FilesOf(string commit)
    {
        var folder = SnapshotOf(commit);
        return !Directory.Exists(folder) ? []
            : [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Where(name => Find(commit, name) is not null)
                .Order(StringComparer.Ordinal)];
    }

    /// <summary>A file of a commit; null: it is not there, or its link leads nowhere.</summary>
    public string? Find(string commit, string name) =>
        Path.Combine(SnapshotOf(commit), name) is var path && File.Exists(path) ? path : null;

    /// <summary>Whether the content of a file that is there is the one its blob is named by; true where no name tells.</summary>
    public bool IsWhole(string commit, string name) => Find(commit, name) is { } path
        && (File.ResolveLinkTarget(path, returnFinalTarget: true) is not { } blob || !ContentId.IsOne(blob.Name)
            || ContentId.Of(blob.FullName, blob.Name) == blob.Name);

    public string BlobOf(string id) => Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "blobs")).FullName, id);

    /// <summary>Whole or not at all.</summary>
    public void Remember(string commit) => Replace(ReferencePath, path => File.WriteAllText(path, commit));

    /// <summary>Makes a blob the content of a commit's file.</summary>
    public void Link(string commit, string name, string id)
    {
        var path = Path.Combine(SnapshotOf(commit), name);
        Replace(path, link => File.CreateSymbolicLink(link, Path.GetRelativePath(Path.GetDirectoryName(path)!, BlobOf(id))));
    }

    private static void Replace(string path, Action<string> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var unfinished = path + ".new";
        File.Delete(unfinished);
        write(unfinished);
        File.Move(unfinished, path, overwrite: true);
    }
}

/// <summary>How the hub names contents: SHA-256 where they are large, and as git names a blob where they are small.</summary>
public static class ContentId
{
    private const int GitDigits = 40, LargeDigits = 64;

    public static bool IsOne(string text) => text.Length is GitDigits or LargeDigits && text.All(char.IsAsciiHexDigitLower);

    /// <summary>The id of a file's content.</summary>
    /// <param name="like">An id of the same sort.</param>
#pragma warning disable CA5350 // Git has named contents by SHA-1 for twenty years; it is compared, not trusted against forgery.
    public static string Of(string path, string like)
    {
        using var file = File.OpenRead(path);
        if (like.Length == LargeDigits)
            return Convert.ToHexStringLower(SHA256.HashData(file));
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        sha.AppendData(Encoding.ASCII.GetBytes(FormattableString.Invariant($"blob {file.Length}\0")));
        var buffer = new byte[1 << 16];
        for (int read; (read = file.Read(buffer)) > 0;)
            sha.AppendData(buffer.AsSpan(0, read));
        return Convert.ToHexStringLower(sha.GetHashAndReset());
    }
#pragma warning restore CA5350
}
