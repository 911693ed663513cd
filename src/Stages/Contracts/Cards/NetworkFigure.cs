namespace Pipelines.Stages.Contracts.Cards;

/// <summary>The layers of a network, each with those that it reads.</summary>
public sealed record NetworkFigure(string Name, IReadOnlyList<NetworkLayer> Layers) : Figure(Name)
{
    public override IEnumerable<string> Keys() => [Name];

    public override CardItem Rename(Func<string, string> rename) =>
        this with { Layers = [.. Layers.Select(layer => layer with { Name = rename(layer.Name) })] };

    public override Grid ToGrid() => new(
        Name,
        [
            new("layer", ValueFormat.Code), new("output_shape", ValueFormat.Code), new("parameters", ValueFormat.Integer),
            new("trained", ValueFormat.Integer),
        ],
        [.. Layers.Select(layer => (IReadOnlyList<object?>)[layer.Name, layer.Output, layer.Parameters, layer.Trained])]);
}

/// <param name="Output">The shape of what it gives: <c>(n, t, 100)</c> for n texts of t words.</param>
/// <param name="Trained">How many of its parameters are learned.</param>
/// <param name="From">Positions of the layers that it reads; empty: it reads the texts.</param>
public sealed record NetworkLayer(string Name, string Output, long Parameters, long Trained, IReadOnlyList<int> From);
