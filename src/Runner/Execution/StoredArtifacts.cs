using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Execution;

/// <summary>Artifacts that a command reads outside of a run: every byte is compared with what was written before one is used.</summary>
internal static class StoredArtifacts
{
    /// <exception cref="DamagedArtifactException">An artifact is not what was written.</exception>
    public static void Check(IArtifactStore store, IEnumerable<Artifact> artifacts)
    {
        foreach (var artifact in artifacts.DistinctBy(artifact => artifact.Id))
            if (store.Verify(artifact, again: false) is { } problem)
                throw new DamagedArtifactException(artifact, new InvalidDataException(problem));
    }
}
