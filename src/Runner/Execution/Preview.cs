using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Execution;

/// <summary>What a run would do, decided by the same lookup as the run; changes nothing on disk.</summary>
public sealed class Preview
{
    private readonly RunGraph _graph;
    private readonly RunOptions _options;
    private readonly StageLookup _lookup;
    private readonly Explanation _explanation;
    private readonly Dictionary<StageNode, StageForecast> _forecasts = [];
    private readonly Dictionary<ContentHash, StageNode> _makers = [];

    private Preview(Plan plan, RunOptions options, ProjectStorage storage, StageCatalog? catalog)
    {
        _graph = new(plan, options.Only);
        _options = options;
        _lookup = new(plan, options, storage, catalog, _ => "");
        _explanation = new(() => storage.Runs.Last(plan.Pipeline));
        storage.Artifacts.Expect(_explanation.LastOf(_graph.Nodes));
    }

    /// <summary>The forecasts in the order of the plan.</summary>
    public static IReadOnlyList<StagePreview> Of(Plan plan, RunOptions options, ProjectStorage storage, StageCatalog? catalog = null) =>
        new Preview(plan, options, storage, catalog).Walk();

    private List<StagePreview> Walk()
    {
        while (_graph.NextKnown() is { } node)
            _forecasts[node] = Decide(node);
        // In the order of the plan, so that what is said of a stage is there for those after it.
        foreach (var node in _graph.Nodes)
            _forecasts.TryAdd(node, Unknown(node));
        return [.. _graph.Nodes.Select(node => new StagePreview(node.Id, node.Stage.Spec.Kind, _forecasts[node]))];
    }

    private StageForecast Decide(StageNode node)
    {
        var found = _lookup.Of(node, _graph);
        if (found.Failure is { } failure)
            return new StageForecast.WillFail(failure.Message, failure.Help);
        var hash = node.Fingerprint!.Hash;
        if (_makers.TryGetValue(hash, out var maker))
            return new StageForecast.Shared(hash, maker.Id);
        var forced = _options.Forces(node.Stage);
        if (found.Hit is null && _options.Leaves(node.Stage))
            return new StageForecast.Stale(node.Id, _explanation.WhyItRuns(node, found.Miss, forced: false), []);
        if (found.Hit is not { } hit || forced)
        {
            _makers[hash] = node;
            return new StageForecast.WillRun(hash, _explanation.WhyItRuns(node, found.Miss, forced), _explanation.Expected(node));
        }
        node.Outcome = new StageOutcome.Reused(hash, hit.Took, hit.Outputs);
        _graph.Move(node, StageState.Done);
        return new StageForecast.Reused(hash, hit.Took);
    }

    private StageForecast Unknown(StageNode node)
    {
        var stale = node.Producers.Select(producer => (producer.Id, Forecast: _forecasts[producer] as StageForecast.Stale)).Where(producer => producer.Forecast is not null).ToList();
        if (stale.Find(producer => producer.Forecast!.Unless.Count == 0) is { Forecast: { } certain } left)
            return new StageForecast.Stale(certain.BecauseOf, [$"needs {left.Id}"], []);
        IReadOnlyList<string> pending = [.. node.Pending.OrderBy(producer => producer.Order).Select(producer => producer.Id)];
        var why = _explanation.WhatItselfChanged(node, _lookup.OwnReasons(node));
        return _options.Leaves(node.Stage) ? new StageForecast.Stale(node.Id, why, pending)
            : stale.Count > 0 ? new StageForecast.Stale(stale[0].Forecast!.BecauseOf, [$"needs {stale[0].Id}"], pending)
            : new StageForecast.DependsOnUpstream(pending, why, _explanation.Expected(node));
    }
}
