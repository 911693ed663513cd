using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Specs;

namespace Pipelines.Runner.Execution;

/// <summary>What everything in one run shares.</summary>
/// <param name="Begun">Timestamp of the beginning.</param>
internal sealed record RunContext(
    string Id, Plan Plan, RunOptions Options, ProjectStorage Storage, IProgress<RunEvent> Events, TimeProvider Time, long Begun,
    Func<StageSpec, IStage> Create,
    StageCatalog? Catalog)
{
    /// <summary>What each stage last was when the run began, read when it is first asked for.</summary>
    public Lazy<IReadOnlyDictionary<string, LastResult>> Last { get; } = new(() => Storage.Last(Plan.Pipeline));
}
