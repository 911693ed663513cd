using Pipelines.Runner.Documents;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;

namespace Pipelines.Runner.Storage;

/// <summary>
/// Runs as files: <c>runs/&lt;id&gt;.json</c>, beside it a trace of what was executed, and a folder with logs, metrics and the pipeline as
/// it was.
/// </summary>
public sealed class RunStore(string projectRoot) : IRunStore
{
    private const string TraceEnd = ".trace.json";

    private readonly StoreLayout _layout = new(projectRoot);

    public string Begin(DateTimeOffset started)
    {
        try
        {
            Directory.CreateDirectory(_layout.Runs);
            _layout.KeepOutOfGit();
            return RunNames.For(started).First(id => TryReserve(RecordFile(id)));
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            throw new StorageException($"the project folder cannot be written: {error.Message}", error);
        }
    }

    public string LogPath(string run, string stageId) => Path.Combine(FolderOf(run), FileName.Of(stageId) + ".log");

    public string JournalPath(string run) => Path.Combine(FolderOf(run), "events.jsonl");

    /// <summary>Whether a run that has written a journal still goes on: whoever writes it keeps it locked.</summary>
    public bool IsRunning(string run)
    {
        var path = JournalPath(run);
        // An empty one may be about to be locked.
        if (new FileInfo(path) is not { Exists: true, Length: > 0 })
            return false;
        using var mine = ExclusiveFile.TryOpen(path);
        return mine is null;
    }

    /// <summary>Where a run's logs, metrics and pipeline are.</summary>
    public string FolderOf(string run) => Path.Combine(_layout.Runs, run);

    public void Save(RunRecord record, Plan plan)
    {
        Directory.CreateDirectory(FolderOf(record.Id));
        using (var pipeline = File.CreateText(Path.Combine(FolderOf(record.Id), "pipeline.yaml")))
            YamlWriter.Write(plan.Resolved, pipeline);
        File.WriteAllBytes(Path.Combine(FolderOf(record.Id), "metrics.json"), RunMetrics.ToBytes(record));
        if (record.Stages.Any(stage => stage.Span is not null))
            File.WriteAllBytes(TraceFile(record.Id), RunTrace.ToBytes(record));
        ReplacedFile.Write(RecordFile(record.Id), file => RunRecordJson.Write(record, file));
    }

    /// <summary>The record of a run, or null: there is none, or the run was killed before it wrote it.</summary>
    public RunRecord? Find(string id) =>
        FileStamp.IsFile(RecordFile(id)) ? RunRecordJson.Parse(File.ReadAllBytes(RecordFile(id)), _layout) : null;

    /// <summary>Ids of finished runs, the latest first.</summary>
    public IReadOnlyList<string> List() => Ids(isFinished: true);

    /// <summary>Ids of runs that were killed, or still go on, the latest first.</summary>
    public IReadOnlyList<string> Unfinished() => Ids(isFinished: false);

    public IReadOnlyDictionary<string, LastResult> Last(string pipeline) => LastResultsJson.Read(LastFile(pipeline));

    public void SaveLast(string pipeline, IReadOnlyDictionary<string, LastResult> last)
    {
        Directory.CreateDirectory(_layout.Last);
        ReplacedFile.Write(LastFile(pipeline), LastResultsJson.ToBytes(last));
    }

    /// <summary>What was executed when, for trace viewers; only of a run in which something was.</summary>
    public string TraceFile(string run) => Path.Combine(_layout.Runs, run + TraceEnd);

    private IReadOnlyList<string> Ids(bool isFinished) => !Directory.Exists(_layout.Runs) ? [] :
        [.. new DirectoryInfo(_layout.Runs).EnumerateFiles("*.json")
            .Where(file => file.Length > 0 == isFinished && !file.Name.EndsWith(TraceEnd, StringComparison.Ordinal))
            .OrderByDescending(file => file.LastWriteTimeUtc).ThenByDescending(file => file.Name, StringComparer.Ordinal)
            .Select(file => Path.GetFileNameWithoutExtension(file.Name))];

    private string RecordFile(string id) => Path.Combine(_layout.Runs, id + ".json");

    private string LastFile(string pipeline) => Path.Combine(_layout.Last, FileName.Of(pipeline) + ".json");

    private static bool TryReserve(string path)
    {
        if (File.Exists(path))
            return false;
        try
        {
            File.Open(path, FileMode.CreateNew).Dispose();
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    }
}
