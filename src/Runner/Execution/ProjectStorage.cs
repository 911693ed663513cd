namespace Pipelines.Runner.Execution;

/// <summary>All of a project's disk that a run touches.</summary>
public sealed record ProjectStorage(IArtifactStore Artifacts, IInputFiles Files, IRunStore Runs)
{
    private (string Pipeline, Task<IReadOnlyDictionary<string, LastResult>> Last)? _ahead;

    /// <summary>
    /// Begins to read what the stages of a pipeline last were and what is stored of it, while the pipeline is still being planned.
    /// </summary>
    /// <param name="pipeline">Most likely its name: with another one, nothing but time is lost.</param>
#pragma warning disable RS0030 // Nothing is planned yet, so there is no loop that could run it.
    public void ReadAhead(string pipeline) => _ahead = (pipeline, Task.Run(() =>
    {
        var last = Runs.Last(pipeline);
        Artifacts.Expect([.. last.Values.Select(result => result.Hash)]);
        return last;
    }));
#pragma warning restore RS0030

    /// <summary>What each stage of a pipeline last was; as read ahead, where that was done.</summary>
    public IReadOnlyDictionary<string, LastResult> Last(string pipeline) =>
        _ahead is { } ahead && ahead.Pipeline == pipeline ? ahead.Last.GetAwaiter().GetResult() : Runs.Last(pipeline);
}
