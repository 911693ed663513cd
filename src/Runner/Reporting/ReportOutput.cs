using System.Text;
using Pipelines.Runner.Execution;

namespace Pipelines.Runner.Reporting;

/// <summary>Writes files below <c>reports/</c>, and removes what an earlier report of the same name had and this one has not.</summary>
internal sealed class ReportOutput(string projectRoot)
{
    /// <param name="path">Relative to the project root, or absolute.</param>
    public void Write(string path, string text) => Write(new Dictionary<string, byte[]> { [path] = Encoding.UTF8.GetBytes(text) });

    /// <param name="beside">By name in the folder of the report.</param>
    public void WriteBeside(string runName, IReadOnlyDictionary<string, byte[]> beside)
    {
        var folder = $"reports/{runName}";
        Write(beside.ToDictionary(file => $"{folder}/{file.Key}", file => file.Value));
        var list = Path.Combine(ReportFiles.Kept(projectRoot), runName + ".files");
        // Tables of a stage that has another name now would pass for results of this report.
        if (FileStamp.IsFile(list))
            foreach (var name in File.ReadLines(list).Where(name => !beside.ContainsKey(name)))
                Remove(Path.Combine(projectRoot, folder), name);
        Write(list, string.Concat(beside.Keys.Select(name => name + "\n")));
    }

    // The list is a file that anybody may have edited.
    private static void Remove(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        if (FileStamp.IsFile(path) && ProjectFolder.Holds(folder, path))
            File.Delete(path);
    }

    private void Write(Dictionary<string, byte[]> files)
    {
        foreach (var folder in files.GroupBy(file => Path.GetDirectoryName(Path.Combine(projectRoot, file.Key))!))
        {
            Create(folder.Key);
            ReplacedFile.WriteAll(folder.Key, folder.ToDictionary(file => Path.GetFileName(file.Key), file => file.Value));
        }
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
