using System.Text;
using Pipelines.Runner.Execution;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Cluster;

/// <summary>
/// The folder of one array of jobs in the store: which stages and fingerprints they are, what they run, what they say. By it a later
/// coordinator knows jobs that it did not submit.
/// </summary>
public sealed class JobFolder
{
    private const string List = "stages", Script = "job";

    private JobFolder(string path) => Path = path;

    public string Path { get; }

    /// <summary>As Slurm's comment of the array says it.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    public string ScriptPath => System.IO.Path.Combine(Path, Script);

    /// <summary>What Slurm writes the output of the jobs to; <c>%a</c> stands for the number.</summary>
    public string OutputPattern => System.IO.Path.Combine(Path, "%a.out");

    public string OutputOf(int index) => System.IO.Path.Combine(Path, FormattableString.Invariant($"{index}.out"));

    /// <param name="pipeline">Whose stages they are.</param>
    /// <param name="attempt">Of its stages; the same stages tried again are other jobs.</param>
    public static JobFolder Create(
        string place, string pipeline, int attempt, IReadOnlyList<(ContentHash Fingerprint, string Stage)> stages)
    {
        var list = new StringBuilder(FormattableString.Invariant($"{pipeline} {attempt}\n"));
        foreach (var (fingerprint, stage) in stages)
            list.Append(fingerprint.Hex).Append(' ').Append(stage).Append('\n');
        var bytes = Encoding.UTF8.GetBytes(list.ToString());
        JobFolder folder = new(System.IO.Path.Combine(place, ContentHash.Of(bytes).Short));
        Directory.CreateDirectory(folder.Path);
        // It can come with a clone and lead anywhere, and what jobs said before is removed there.
        if (!FileStamp.IsFolder(folder.Path))
            throw new StorageException($"'{folder.Path}' is a link, and is not followed") { Help = "remove the link" };
        foreach (var old in Directory.EnumerateFiles(folder.Path, "*.out"))
            File.Delete(old);
        ReplacedFile.Write(System.IO.Path.Combine(folder.Path, List), bytes);
        return folder;
    }

    public void WriteScript(string text) => ReplacedFile.Write(ScriptPath, Encoding.UTF8.GetBytes(text));

    /// <summary>The fingerprints of its jobs, the first of number 1; null: it is none of this project's, or of another pipeline.</summary>
    public static (JobFolder Folder, IReadOnlyList<string> Fingerprints)? Find(string place, string name, string pipeline)
    {
        JobFolder folder = new(System.IO.Path.Combine(place, name));
        var list = System.IO.Path.Combine(folder.Path, List);
        if (ContentHash.Find(name.PadRight(64, '0')) is null || !File.Exists(list))
            return null;
        var lines = File.ReadAllLines(list);
        return lines.Length > 0 && lines[0].StartsWith(pipeline + " ", StringComparison.Ordinal)
            ? (folder, [.. lines.Skip(1).Select(line => line.Split(' ')[0])])
            : null;
    }
}
