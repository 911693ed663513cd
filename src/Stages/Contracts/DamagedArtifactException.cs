namespace Pipelines.Stages.Contracts;

/// <summary>An artifact in the store cannot be read as it was written: the engine drops it and makes it again.</summary>
public sealed class DamagedArtifactException(Artifact artifact, Exception cause)
    : Exception($"The stored {artifact.GetType().Name.ToLowerInvariant()} {artifact.Id.Short} is damaged: {cause.Message}", cause)
{
    public Artifact Artifact { get; } = artifact;
}
