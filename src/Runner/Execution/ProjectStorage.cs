namespace Pipelines.Runner.Execution;

/// <summary>All of a project's disk that a run touches.</summary>
public sealed record ProjectStorage(IArtifactStore Artifacts, IInputFiles Files, IRunStore Runs);
