using Pipelines.Runner.Documents;
using Pipelines.Runner.Execution;
using Pipelines.Runner.Planning;
using Pipelines.Runner.Storage;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Hub;

namespace Pipelines.Runner.Commands;

/// <summary>
/// Finds out which commit each revision of the hub is before anything runs: the one that the lock file pins, or that the cache last saw, or
/// that the hub has now. So a branch that moves reruns nothing, and whoever has the lock file gets the same files.
/// </summary>
/// <param name="variable">Gives a variable of the environment.</param>
internal sealed class HubCommits(string lockFile, Func<string, string?> variable)
{
    /// <summary>The commits by stage, for the lock file; those that a pipeline names itself need no pin.</summary>
    public static IReadOnlyDictionary<string, KeyValuePair<string, string>> ByStage(Plan plan, RunOptions options) => plan.Stages
        .Where(stage => stage.Repository is { FixedCommit: null } repository && options.Commits.ContainsKey(repository.Source))
        .ToDictionary(
            stage => stage.Id, stage => KeyValuePair.Create(stage.Repository!.Source, options.Commits[stage.Repository.Source]),
            StringComparer.Ordinal);

    /// <exception cref="DiagnosticsException">A revision is nowhere; one finding each, with the places that were looked at.</exception>
    public async Task<IReadOnlyDictionary<string, string>> OfAsync(IEnumerable<PlannedStage> stages, CancellationToken cancellation)
    {
        var loading = stages.Where(stage => stage.Repository is not null).ToList();
        Dictionary<string, string> commits = new(StringComparer.Ordinal);
        if (loading.Count == 0)
            return commits;
        List<Diagnostic> findings = [];
        var pinned = Pinned();
        foreach (var stage in loading)
            if (!commits.ContainsKey(stage.Repository!.Source))
                try
                {
                    commits.Add(
                        stage.Repository.Source, await OfAsync(stage.Repository, pinned, cancellation).ConfigureAwait(false));
                }
                catch (StageException error)
                {
                    var at = stage.PlaceOf($"with.{error.Parameter}");
                    findings.Add(new("unknown-revision", Severity.Error, error.Message, at, error.Help));
                }
        return findings.Count == 0 ? commits : throw new DiagnosticsException(findings);
    }

    private async Task<string> OfAsync(HubRepository repository, Dictionary<string, string> pinned, CancellationToken cancellation)
    {
        var access = HubAccess.Of(variable);
        HubCache cache = new(access.Cache, repository);
        if ((repository.FixedCommit ?? pinned.GetValueOrDefault(repository.Source) ?? cache.KnownCommit) is { } known)
            return known;
        if (access.Offline)
            throw Unknown(repository, cache, $"{HubAccess.OfflineVariable} is set, so nobody asked {access.Endpoint}", null);
        try
        {
            using HubClient client = new(access);
            var commit = await client.CommitAsync(repository, repository.Revision, cancellation).ConfigureAwait(false);
            cache.Remember(commit.Commit);
            return commit.Commit;
        }
        catch (HubException error)
        {
            throw Unknown(repository, cache, error.Message, error.Help);
        }
    }

    // The lock file of another version, or half of one, pins nothing.
    private Dictionary<string, string> Pinned() => (PipelineLock.Read(lockFile)?.Stages.Values ?? [])
        .Select(stage => stage.Revision).OfType<KeyValuePair<string, string>>().Where(revision => HubRepository.IsCommit(revision.Value))
        .DistinctBy(revision => revision.Key).ToDictionary(StringComparer.Ordinal);

    private StageException Unknown(HubRepository repository, HubCache cache, string why, string? help) => new(
        $"Nobody knows which commit '{repository.Revision}' of '{repository.Name}' is: {why}.")
    {
        Parameter = repository.Kind == HubKind.Model ? "hub" : "dataset",
        Help = $"looked for a pin in {lockFile} and in {cache.ReferencePath}. {(help is null
            ? $"Where there is network, run `huggingface-cli download {repository.Name}`"
                + $"{(repository.Kind == HubKind.Dataset ? " --repo-type dataset" : "")} and copy its cache here ({HubAccess.HomeVariable})"
            : $"{char.ToUpperInvariant(help[0])}{help[1..]}")}",
    };
}
