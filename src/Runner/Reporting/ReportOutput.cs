using System.Globalization;
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
        var folder = FolderOf(runName, projectRoot);
        var list = ListOf(runName, projectRoot);
        // Tables of a stage that has another name now would pass for results of this report.
        _outdated.AddRange(Listed(list).Where(file => !beside.ContainsKey(file.Name)).Select(file => (folder, file.Name)));
        var sizes = beside.Select(file => (file.Key, Size: Write(Path.Combine(folder, file.Key), file.Value))).ToList();
        Write(list, string.Concat(sizes.Select(file => FormattableString.Invariant($"{file.Key}\t{file.Size}\n"))));
    }

    /// <summary>Whether the files beside a report are there, as long as they were written.</summary>
    public static bool IsWhole(string runName, string projectRoot) =>
        Listed(ListOf(runName, projectRoot)).All(file => Path.Combine(FolderOf(runName, projectRoot), file.Name) is var path
            && FileStamp.IsFile(path) && new FileInfo(path).Length == file.Size);

    /// <summary>Puts the files in their places, in the order in which they were written.</summary>
    public void Finish()
    {
        _files.Replace();
        foreach (var (folder, name) in _outdated)
            Remove(folder, name);
    }

    public void Dispose() => _files.Dispose();

    private long Write(string path, Action<Stream> write)
    {
        var full = Path.Combine(projectRoot, path);
        Create(Path.GetDirectoryName(full)!);
        return _files.Write(full, write);
    }

    private static string FolderOf(string runName, string projectRoot) => Path.Combine(projectRoot, "reports", runName);

    private static string ListOf(string runName, string projectRoot) => Path.Combine(ReportFiles.Kept(projectRoot), runName + ".files");

    private static IEnumerable<(string Name, long? Size)> Listed(string list) => FileStamp.IsFile(list)
        ? File.ReadLines(list).Select(line => line.Split('\t')).Select(parts =>
            (parts[0], long.TryParse(parts.ElementAtOrDefault(1), CultureInfo.InvariantCulture, out var size) ? size : (long?)null))
        : [];

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
