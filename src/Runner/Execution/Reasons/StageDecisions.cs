using Pipelines.Runner.Planning;

namespace Pipelines.Runner.Execution;

/// <summary>Whether a stage has to run, decided for run and dry run alike.</summary>
/// <param name="catalog">To name stage kinds that make what is missing; null: they are not named.</param>
internal sealed class StageDecisions(
    Plan plan, RunOptions options, ProjectStorage storage, StageCatalog? catalog, Explanation explanation, Func<string, string> logPath)
{
    private readonly MissingInput _missing = new(catalog);
    private readonly Fingerprinter _fingerprinter = new(plan.Seed, options, storage.Files);
    private readonly Dictionary<string, StageNode> _makers = new(StringComparer.Ordinal);

    /// <summary>Fills in the inputs and the fingerprint of the node.</summary>
    public StageDecision Of(StageNode node, RunGraph graph)
    {
        if (node.Planned.Contest is { } contest && Survival.Settle(node, contest, graph) is { } unmeasured)
            return new StageDecision.Fail(new(unmeasured, "name a metric that the stage measures", logPath(node.Id))
            {
                At = contest.Metric.At,
            });
        node.Inputs = graph.InputsOf(node);
        if (_missing.Of(node.Stage, node.Inputs) is { } missing)
            return new StageDecision.Fail(missing with { LogPath = logPath(node.Id) });
        try
        {
            node.Fingerprint = _fingerprinter.Of(node.Stage, node.Inputs);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new StageDecision.Fail(new(error.Message, null, logPath(node.Id)) { At = node.Stage.At });
        }
        return options.Promised is { } promised && options.Only?.Contains(node.Id) == true && node.Fingerprint.Hash.Hex != promised
            ? new StageDecision.Fail(new(
                "the pipeline or its data were changed after this job was handed in", "run the pipeline again", logPath(node.Id))
            {
                At = node.Stage.At,
            })
            : Of(node, node.Fingerprint);
    }

    /// <summary>The stage no longer makes its result for those of the same fingerprint.</summary>
    public void Forget(StageNode node) => _makers.Remove(node.Fingerprint!.Hash.Hex);

    private StageDecision Of(StageNode node, Fingerprint fingerprint)
    {
        if (_makers.TryGetValue(fingerprint.Hash.Hex, out var maker) && maker != node)
            return new StageDecision.Follow(maker);
        var stored = storage.Artifacts.Find(fingerprint.Hash, fingerprint);
        var forced = options.Forces(node.Stage);
        if (stored.Action is { } action && !forced)
            return new StageDecision.Reuse(action);
        var why = explanation.WhyItRuns(node, stored.Miss, forced);
        if (options.Leaves(node.Stage))
            return new StageDecision.Leave(why);
        _makers[fingerprint.Hash.Hex] = node;
        return new StageDecision.Run(why);
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
