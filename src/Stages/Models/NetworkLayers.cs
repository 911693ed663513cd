using System.Globalization;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Models;

/// <summary>Gathers the layers of a network with the weights it was built with.</summary>
/// <param name="trained">Whether a weight is learned.</param>
internal sealed class NetworkLayers(ParameterSet parameters, Predicate<Parameter> trained)
{
    private readonly List<NetworkLayer> _layers = [];

    /// <summary>The positions of the layers that the next one reads.</summary>
    public IReadOnlyList<int> Ends => _layers.Count == 0 ? [] : [_layers.Count - 1];

    /// <summary>A layer whose weights are named by it, below it: <c>lstm.kernel</c>.</summary>
    /// <param name="sizes">What it gives: n texts, t words, k characters, or a number.</param>
    /// <returns>Its position.</returns>
    public int Add(string name, IReadOnlyList<int> from, params IReadOnlyList<object> sizes) =>
        Add(name, from, sizes, parameter => parameter.Name.StartsWith(name + ".", StringComparison.Ordinal));

    public int Add(string name, IReadOnlyList<int> from, IReadOnlyList<object> sizes, Predicate<Parameter> isOwn)
    {
        var own = parameters.Items.Where(parameter => isOwn(parameter)).ToList();
        var output = string.Join(", ", sizes.Select(size => Convert.ToString(size, CultureInfo.InvariantCulture)));
        _layers.Add(new(
            name, $"({output})", own.Sum(parameter => parameter.Count),
            own.Where(parameter => trained(parameter)).Sum(parameter => parameter.Count), from));
        return _layers.Count - 1;
    }

    public NetworkFigure ToFigure() => new("network", _layers);
}
