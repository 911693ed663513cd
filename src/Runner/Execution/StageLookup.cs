using Pipelines.Runner.Planning;

namespace Pipelines.Runner.Execution;

/// <summary>What is known of a stage once its inputs are: a result in the store, why there is none, or why it cannot run.</summary>
internal sealed record Lookup(ActionRecord? Hit, string? Miss, StageOutcome.Failed? Failure);

/// <summary>The decision of run and dry run alike: whether a stage has to run.</summary>
/// <param name="catalog">To name stage kinds that make what is missing; null: they are not named.</param>
internal sealed class StageLookup(Plan plan, RunOptions options, ProjectStorage storage, StageCatalog? catalog, Func<string, string> logPath)
{
    private readonly MissingInput _missing = new(catalog);
    private readonly Fingerprinter _fingerprinter = new(plan.Seed, options, storage.Files);

    /// <summary>Fills in the inputs and the fingerprint of the node.</summary>
    public Lookup Of(StageNode node, RunGraph graph)
    {
        node.Inputs = graph.InputsOf(node);
        if (_missing.Of(node.Stage, node.Inputs) is { } missing)
            return new(null, null, missing with { LogPath = logPath(node.Id) });
        try
        {
            node.Fingerprint = _fingerprinter.Of(node.Stage, node.Inputs);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new(null, null, new(error.Message, null, logPath(node.Id)) { At = node.Stage.At });
        }
        var stored = storage.Artifacts.Find(node.Fingerprint.Hash, node.Fingerprint);
        return new(stored.Action, stored.Miss, null);
    }

    /// <summary>What is known of a fingerprint before the inputs are; null when an input file is gone.</summary>
    public Fingerprint? OwnReasons(StageNode node)
    {
        try
        {
            return Fingerprint.Of(_fingerprinter.OwnReasons(node.Stage));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
