namespace Pipelines.Runner.Reporting.Drawing;

/// <summary>
/// Places for the nodes of an acyclic graph: layers by longest path, points where long edges pass each layer, few crossings by sorting
/// every layer by the middle of its neighbours (Sugiyama, Tagawa and Toda 1981).
/// </summary>
internal sealed class LayerLayout
{
    private const int Sweeps = 8;

    private readonly List<List<int>> _layers = [];
    private readonly List<(int From, int To)> _steps = [];
    private readonly List<double> _order = [];
    private readonly List<int> _layerOf = [];

    /// <param name="edges">Pairs of nodes; the first comes before the second in the numbering.</param>
    public LayerLayout(int nodes, IReadOnlyList<(int From, int To)> edges)
    {
        var depth = new int[nodes];
        foreach (var (from, to) in edges.OrderBy(edge => edge.From))
            depth[to] = Math.Max(depth[to], depth[from] + 1);
        for (var node = 0; node < nodes; node++)
            Add(node, depth[node]);
        var next = nodes;
        foreach (var (from, to) in edges)
        {
            List<int> route = [from];
            for (var layer = depth[from] + 1; layer < depth[to]; layer++)
            {
                Add(next, layer);
                route.Add(next++);
            }
            route.Add(to);
            Routes.Add(route);
            _steps.AddRange(route.Zip(route.Skip(1)));
        }
        for (var sweep = 0; sweep < Sweeps; sweep++)
            Sort(downwards: sweep % 2 == 0);
    }

    /// <summary>Of each edge, in the order given: its start, the points it passes, its end.</summary>
    public List<List<int>> Routes { get; } = [];

    /// <summary>Nodes and passing points by layer, from left to right.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Layers => _layers;

    private void Add(int node, int layer)
    {
        while (_layers.Count <= layer)
            _layers.Add([]);
        _order.Add(_layers[layer].Count);
        _layerOf.Add(layer);
        _layers[layer].Add(node);
    }

    private void Sort(bool downwards)
    {
        var neighbours = _steps.ToLookup(step => downwards ? step.To : step.From, step => downwards ? step.From : step.To);
        foreach (var layer in downwards ? _layers : Enumerable.Reverse(_layers))
        {
            var sorted = layer.OrderBy(node => neighbours[node].Any() ? neighbours[node].Average(Middle) : Middle(node)).ToList();
            layer.Clear();
            layer.AddRange(sorted);
            for (var i = 0; i < sorted.Count; i++)
                _order[sorted[i]] = i;
        }
    }

    // Layers are centred when drawn, so places are compared from the middle.
    private double Middle(int node) => _order[node] - (_layers[_layerOf[node]].Count / 2.0);
}
