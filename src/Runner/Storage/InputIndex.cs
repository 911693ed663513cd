using System.Collections.Concurrent;
using Pipelines.Runner.Execution;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Storage;

/// <summary>
/// Stamp and hash of files seen before, one line a file (<c>hash size modified changed number path</c>). Only saves time: it may be
/// deleted, and of two processes that write it the later one wins.
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
        using var lines = new StreamWriter(target);
        foreach (var (path, (stamp, hash)) in _files.Value.OrderBy(file => file.Key, StringComparer.Ordinal))
            lines.Write($"{hash.Hex} {stamp} {path}\n");
    }

    private ConcurrentDictionary<string, (string Stamp, ContentHash Hash)> Read()
    {
        var files = new ConcurrentDictionary<string, (string, ContentHash)>(StringComparer.Ordinal);
        if (!File.Exists(_path))
            return files;
        foreach (var line in File.ReadLines(_path))
            if (line.Split(' ', 6) is [{ Length: 64 } hash, var size, var modified, var changed, var number, var path])
                files[path] = ($"{size} {modified} {changed} {number}", new(hash));
        return files;
    }
}
