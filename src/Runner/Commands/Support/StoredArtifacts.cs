using Pipelines.Runner.Execution;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Commands;

/// <summary>Artifacts that a command reads outside of a run, where nothing makes a damaged one again.</summary>
internal static class StoredArtifacts
{
    /// <summary>
    /// When reading fails, every byte of what was read is compared with what was written, which would take too long before.
    /// </summary>
    /// <exception cref="DamagedArtifactException">An artifact is damaged, which explains the failure.</exception>
    public static async Task<T> ReadAsync<T>(IArtifactStore store, IEnumerable<Artifact> artifacts, Func<Task<T>> read)
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (Exception error) when (error is not (UsageException or OperationCanceledException or DamagedArtifactException)
            && FindDamaged(store, artifacts) is { } damaged)
        {
            throw new DamagedArtifactException(damaged, error);
        }
    }

    /// <inheritdoc cref="ReadAsync"/>
    public static T Read<T>(IArtifactStore store, IEnumerable<Artifact> artifacts, Func<T> read) =>
        ReadAsync(store, artifacts, () => Task.FromResult(read())).GetAwaiter().GetResult();

    /// <summary>All that a run has to show.</summary>
    public static IEnumerable<Artifact> Of(RunRecord run) =>
        run.Stages.SelectMany(stage => stage.Outcome.Shown?.ByPort.Values ?? []).SelectMany(port => port);

    private static Artifact? FindDamaged(IArtifactStore store, IEnumerable<Artifact> artifacts) =>
        artifacts.DistinctBy(artifact => artifact.Id).FirstOrDefault(artifact => store.Verify(artifact, thorough: true) is not null);
}
