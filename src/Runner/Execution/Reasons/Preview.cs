using Pipelines.Runner.Planning;

namespace Pipelines.Runner.Execution;

/// <summary>What a run would do, decided as the run decides; changes nothing on disk.</summary>
public sealed class Preview
{
    private readonly RunGraph _graph;
    private readonly RunOptions _options;
    private readonly Explanation _explanation;
    private readonly StageDecisions _decisions;
    private readonly Dictionary<StageNode, StageForecast> _forecasts = [];

    private Preview(Plan plan, RunOptions options, ProjectStorage storage, StageCatalog? catalog)
    {
        _graph = new(plan, options.Only);
        _options = options;
        _explanation = new(() => storage.Last(plan.Pipeline));
        _decisions = new(plan, options, storage, catalog, _explanation, _ => "");
        storage.Artifacts.Expect(_explanation.LastOf(_graph.Nodes));
    }

    /// <summary>The forecasts in the order of the plan.</summary>
    public static IReadOnlyList<StagePreview> Of(Plan plan, RunOptions options, ProjectStorage storage, StageCatalog? catalog = null) =>
        new Preview(plan, options, storage, catalog).Walk();

    private List<StagePreview> Walk()
    {
        while (_graph.NextKnown() is { } node)
            _forecasts[node] = Known(node);
        // In the order of the plan, so that the forecasts of a stage's producers are there before its own.
        foreach (var node in _graph.Nodes.Where(node => !_forecasts.ContainsKey(node)))
            _forecasts.Add(node, Unknown(node));
        return [.. _graph.Nodes.Select(node => new StagePreview(node.Id, node.Stage.Spec.Kind, _forecasts[node]))];
    }

    private StageForecast Known(StageNode node) => _decisions.Of(node, _graph) switch
    {
        StageDecision.Fail { Failure: var failure } => new StageForecast.WillFail(failure.Message, failure.Help),
        StageDecision.Follow { Maker: var maker } => new StageForecast.Shared(node.Fingerprint!.Hash, maker.Id),
        StageDecision.Reuse { Action: var action } => Reuse(node, action),
        StageDecision.Leave { Why: var why } => new StageForecast.Stale(node.Id, why, []),
        StageDecision.Run { Why: var why } => new StageForecast.WillRun(node.Fingerprint!.Hash, why, _explanation.Expected(node)),
        var other => throw new InvalidOperationException(other.ToString()),
    };

    private StageForecast.Reused Reuse(StageNode node, ActionRecord action)
    {
        node.Outcome = new StageOutcome.Reused(node.Fingerprint!.Hash, action.Took, action.Outputs);
        _graph.Move(node, StageState.Done);
        return new(node.Fingerprint.Hash, action.Took) { Outputs = CarriedColumns.Beside(node.Stage, node.Inputs, action.Outputs) };
    }

    private StageForecast Unknown(StageNode node)
    {
        var stale = node.Producers.OrderBy(producer => producer.Order)
            .Select(producer => (producer.Id, Forecast: _forecasts[producer] as StageForecast.Stale))
            .Where(producer => producer.Forecast is not null).ToList();
        if (stale.Find(producer => producer.Forecast!.Unless.Count == 0) is { Forecast: { } certain } left)
            return new StageForecast.Stale(certain.BecauseOf, [$"needs {left.Id}"], []);
        IReadOnlyList<string> pending = [.. node.Pending.OrderBy(producer => producer.Order).Select(producer => producer.Id)];
        var why = _explanation.WhatItselfChanged(node, _decisions.OwnReasons(node));
        return _options.Leaves(node.Stage) ? new StageForecast.Stale(node.Id, why, pending)
            : stale.Count > 0 ? new StageForecast.Stale(stale[0].Forecast!.BecauseOf, [$"needs {stale[0].Id}"], pending)
            : new StageForecast.DependsOnUpstream(pending, why, _explanation.Expected(node));
    }
}
