using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Execution;

/// <summary>
/// Where a stage of a run is: Waiting (inputs not known) → Ready (fingerprint known, the store misses, no free place yet) → Running →
/// Done, Failed or Skipped. A hit goes from Waiting to Done. A Done stage whose result proves damaged goes back to Waiting.
/// </summary>
internal enum StageState
{
    Waiting,
    Ready,
    Running,
    Done,
    Failed,
    Skipped,
}

/// <summary>One stage in one run; only the scheduling loop changes it.</summary>
internal sealed class StageNode(PlannedStage stage, int order)
{
    /// <summary>As planned.</summary>
    public PlannedStage Planned { get; } = stage;

    /// <summary>As it is run: a cell that was left behind in a search stays what it was after less training.</summary>
    public PlannedStage Stage { get; set; } = stage;

    /// <summary>Why its cell was left behind; null: it was not.</summary>
    public string? LeftBehind { get; set; }

    public string Id => Stage.Id;

    /// <summary>Place in the plan: what is earlier there starts first.</summary>
    public int Order { get; } = order;

    public StageState State { get; set; }

    public HashSet<StageNode> Pending { get; } = [];

    public List<StageNode> Producers { get; } = [];

    public List<StageNode> Dependents { get; } = [];

    /// <summary>Stages of the same fingerprint that take this one's result when it is done.</summary>
    public List<StageNode> Followers { get; } = [];

    public ArtifactSet Inputs { get; set; } = Empty;

    public Fingerprint? Fingerprint { get; set; }

    public IReadOnlyList<string> Why { get; set; } = [];

    /// <summary>What was found wrong with its result during this run.</summary>
    public string? Damage { get; set; }

    /// <summary>Of its last execution in this run.</summary>
    public StageSpan? Span { get; set; }

    /// <summary>How it went elsewhere; null: it was here, or has not run.</summary>
    public HostedRun? Hosted { get; set; }

    public int Recoveries { get; set; }

    public int Attempts { get; set; } = 1;

    public StageOutcome? Outcome { get; set; }

    /// <summary>What its result takes on disk, where it is known.</summary>
    public long? Bytes { get; set; }

    /// <summary>As it was kept: what fed the stage is named by references.</summary>
    public string? Note { get; set; }

    public string? NoteShown => LeftBehind ?? (Note is null ? null : SourceNames.In(Stage, Note));

    public bool IsOver => State is StageState.Done or StageState.Failed or StageState.Skipped;

    private static ArtifactSet Empty { get; } = new(new Dictionary<string, IReadOnlyList<Artifact>>());
}
