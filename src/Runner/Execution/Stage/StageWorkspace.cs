using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Execution;

/// <summary>The folders of one execution, made on first use; disposing removes the scratch folder and what was not committed.</summary>
/// <param name="Write">Makes artifacts inside this workspace.</param>
public sealed record StageWorkspace(string ScratchDirectory, string WorkDirectory, IArtifactWriter Write) : IDisposable
{
    public required Action Clean { private get; init; }

    /// <summary>What the stage has written so far.</summary>
    public required Func<long> BytesWritten { get; init; }

    public void Dispose() => Clean();
}
