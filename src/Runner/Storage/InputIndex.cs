using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Pipelines.Runner.Execution;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Storage;

/// <summary>
/// Stamp and hash of files seen before, one line a file (<c>hash size modified changed number path</c>) and a last one with the hash of
/// these. Only saves time: it may be deleted, and of two processes that write it the later one wins.
/// </summary>
internal sealed class InputIndex
{
    private readonly string _path;
    private readonly Lazy<ConcurrentDictionary<string, (string Stamp, ContentHash Hash)>> _files;
    private volatile bool _changed;

    public InputIndex(string path)
    {
        _path = path;
        _files = new(Read);
    }

    public ContentHash? Find(string file, FileStamp stamp) =>
        _files.Value.TryGetValue(file, out var known) && known.Stamp == stamp.ToString() ? known.Hash : null;

    public void Add(string file, FileStamp stamp, ContentHash hash)
    {
        if (file.Contains('\n', StringComparison.Ordinal))
            return;
        _files.Value[file] = (stamp.ToString(), hash);
        _changed = true;
    }

    public void Save()
    {
        if (!_changed)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        ReplacedFile.Write(_path, WriteLines);
        _changed = false;
    }

    private void WriteLines(Stream target)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (path, (stamp, content)) in _files.Value.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            var line = Encoding.UTF8.GetBytes($"{content.Hex} {stamp} {path}\n");
            hash.AppendData(line);
            target.Write(line);
        }
        target.Write(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.GetHashAndReset())));
    }

    // A bit that changed on the disk would give a file another content, and all that is made of it another fingerprint.
    private ConcurrentDictionary<string, (string Stamp, ContentHash Hash)> Read()
    {
        var files = new ConcurrentDictionary<string, (string, ContentHash)>(StringComparer.Ordinal);
        if (ReadLines() is not { } lines)
            return files;
        foreach (var line in lines.Split('\n'))
            if (line.Split(' ', 6) is [{ Length: 64 } hash, var size, var modified, var changed, var number, var path])
                files[path] = ($"{size} {modified} {changed} {number}", new(hash));
        return files;
    }

    private string? ReadLines()
    {
        if (!FileStamp.IsFile(_path))
            return null;
        try
        {
            var bytes = File.ReadAllBytes(_path);
            var lines = bytes.AsSpan(0, bytes.AsSpan().LastIndexOf((byte)'\n') + 1);
            return bytes.AsSpan(lines.Length).SequenceEqual(Encoding.ASCII.GetBytes(ContentHash.Of(lines).Hex))
                ? Encoding.UTF8.GetString(lines)
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
