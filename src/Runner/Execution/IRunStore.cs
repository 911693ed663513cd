using Pipelines.Runner.Planning;

namespace Pipelines.Runner.Execution;

/// <summary>Records of runs, their logs, and what each stage last was.</summary>
public interface IRunStore
{
    /// <summary>A new, sayable id, reserved on disk.</summary>
    string Begin(DateTimeOffset started);

    string LogPath(string run, string stageId);

    /// <summary>Where the events of a run are written while it goes on.</summary>
    string JournalPath(string run);

    void Save(RunRecord record, Plan plan);

    /// <summary>By stage id, what the last successful run of each stage was; for explanations only.</summary>
    IReadOnlyDictionary<string, LastResult> Last(string pipeline);

    void SaveLast(string pipeline, IReadOnlyDictionary<string, LastResult> last);
}
