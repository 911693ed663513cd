using Pipelines.Runner.Planning;
using Pipelines.Stages.Contracts;

namespace Pipelines.Runner.Execution;

/// <summary>The stages of one run and who waits for whom; every change of state goes through <see cref="Move"/>.</summary>
internal sealed class RunGraph
{
    private readonly Dictionary<string, StageNode> _byId = new(StringComparer.Ordinal);
    private readonly Queue<StageNode> _known = [];

    public RunGraph(Plan plan, IReadOnlySet<string>? only)
    {
        foreach (var stage in plan.Selected(only))
            Nodes.Add(new(stage, Nodes.Count));
        foreach (var node in Nodes)
            _byId.Add(node.Id, node);
        foreach (var node in Nodes)
            Connect(node);
    }

    public List<StageNode> Nodes { get; } = [];

    /// <summary>The next waiting stage whose inputs are all known, those known first coming first; null: none.</summary>
    public StageNode? NextKnown()
    {
        while (_known.TryDequeue(out var node))
            if (node is { State: StageState.Waiting, Pending.Count: 0 })
                return node;
        return null;
    }

    public void Move(StageNode node, StageState to)
    {
        if (!IsAllowed(node.State, to))
            throw new InvalidOperationException($"Stage '{node.Id}' cannot go from {node.State} to {to}.");
        node.State = to;
        if (to == StageState.Done)
            Release(node);
        else if (to == StageState.Waiting && node.Pending.Count == 0)
            _known.Enqueue(node);
    }

    public StageNode Find(string id) => _byId[id];

    /// <summary>What the producers gave, by port.</summary>
    public ArtifactSet InputsOf(StageNode node)
    {
        Dictionary<string, IReadOnlyList<Artifact>> inputs = new(node.Stage.Inputs.Count, StringComparer.Ordinal);
        foreach (var (port, sources) in node.Stage.Inputs)
            inputs.Add(port, sources.Count == 1 ? OutputOf(sources[0]) : [.. sources.SelectMany(OutputOf)]);
        return new(inputs);
    }

    /// <summary>
    /// Lets a stage wait again for those that made an artifact, and for those between them past which columns of it were carried.
    /// </summary>
    /// <returns>All that have to be settled anew, makers first, without the stage itself.</returns>
    public static IEnumerable<(StageNode Stage, bool IsMaker)> WaitAgain(StageNode node, Artifact artifact)
    {
        foreach (var producer in node.Producers)
        {
            var isMaker = producer.Outcome?.Results?.ByPort.Values.Any(port => port.Any(output => output.Id == artifact.Id)) == true;
            var isPassed = !isMaker && CarriedColumns.Pass(producer.Stage, producer.Inputs, artifact);
            var between = isPassed ? WaitAgain(producer, artifact).ToList() : [];
            foreach (var earlier in between)
                yield return earlier;
            if ((isMaker || between.Count > 0) && node.Pending.Add(producer))
                yield return (producer, isMaker);
        }
    }

    private IReadOnlyList<Artifact> OutputOf(OutputRef source) =>
        _byId[source.StageId] is var producer && producer.Outcome?.Results?.ByPort.GetValueOrDefault(source.Port) is { } outputs
            ? CarriedColumns.Beside(producer.Stage, producer.Inputs, source.Port, outputs)
            : [];

    private static bool IsAllowed(StageState from, StageState to) => (from, to) switch
    {
        (StageState.Waiting, StageState.Ready or StageState.Done or StageState.Failed or StageState.Skipped) => true,
        (StageState.Ready, StageState.Running or StageState.Done or StageState.Failed or StageState.Skipped) => true,
        (StageState.Running, StageState.Done or StageState.Failed or StageState.Skipped or StageState.Waiting) => true,
        (StageState.Done, StageState.Waiting) => true,
        _ => false,
    };

    private void Release(StageNode node)
    {
        foreach (var dependent in node.Dependents)
            if (dependent.Pending.Remove(node) && dependent is { State: StageState.Waiting, Pending.Count: 0 })
                _known.Enqueue(dependent);
    }

    private void Connect(StageNode node)
    {
        foreach (var source in node.Stage.Needs)
            if (_byId[source] is var producer && node.Pending.Add(producer))
            {
                node.Producers.Add(producer);
                producer.Dependents.Add(node);
            }
        if (node.Pending.Count == 0)
            _known.Enqueue(node);
    }
}
