using System.Text;
using Pipelines.Runner.Execution;

namespace Pipelines.Runner.Reporting;

/// <summary>Files below <c>reports/</c>, none of which is replaced before all are written; removes what an earlier report of the same
/// name had and this one has not.</summary>
internal sealed class ReportOutput(string projectRoot) : IDisposable
{
    private readonly ReplacedFiles _files = new();
    private readonly List<(string Folder, string Name)> _outdated = [];

    /// <param name="path">Relative to the project root, or absolute.</param>
    public void Write(string path, string text) => Write(path, file => file.Write(Encoding.UTF8.GetBytes(text)));

    /// <param name="beside">By name in the folder of the report.</param>
    public void WriteBeside(string runName, IReadOnlyDictionary<string, Action<Stream>> beside)
    {
        var folder = $"reports/{runName}";
        foreach (var (name, write) in beside)
            Write($"{folder}/{name}", write);
        var list = Path.Combine(ReportFiles.Kept(projectRoot), runName + ".files");
        // Tables of a stage that has another name now would pass for results of this report.
        if (FileStamp.IsFile(list))
            _outdated.AddRange(File.ReadLines(list).Where(name => !beside.ContainsKey(name))
                .Select(name => (Path.Combine(projectRoot, folder), name)));
        Write(list, string.Concat(beside.Keys.Select(name => name + "\n")));
    }

    /// <summary>Puts the files in their places, in the order in which they were written.</summary>
    public void Finish()
    {
        _files.Replace();
        foreach (var (folder, name) in _outdated)
            Remove(folder, name);
    }

    public void Dispose() => _files.Dispose();

    private void Write(string path, Action<Stream> write)
    {
        var full = Path.Combine(projectRoot, path);
        Create(Path.GetDirectoryName(full)!);
        _files.Write(full, write);
    }

    // The list is a file that anybody may have edited.
    private static void Remove(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        if (FileStamp.IsFile(path) && ProjectFolder.Holds(folder, path))
            File.Delete(path);
    }

    // A folder of reports that is a link would have files of other names overwritten elsewhere.
    private static void Create(string path)
    {
        for (var folder = path; IsOfReports(folder); folder = Path.GetDirectoryName(folder)!)
            if (new FileInfo(folder).LinkTarget is not null)
                throw new ReportException($"the folder {folder} is a link, and is not followed: remove it");
        Directory.CreateDirectory(path);
    }

    private static bool IsOfReports(string folder) =>
        Path.GetFileName(folder) is "reports" or "tables" || Path.GetFileName(Path.GetDirectoryName(folder)) == "reports";
}
