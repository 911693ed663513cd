namespace Pipelines.Stages.Models.Seq2Seq;

/// <summary>The codes that may be written, as a tree of characters: after each prefix, which characters go on.</summary>
internal sealed class OutputTrie
{
    public const int Root = 0;

    private readonly List<Dictionary<int, int>> _nodes = [[]];

    /// <param name="codes">Ids after the start, the end included.</param>
    public OutputTrie(IEnumerable<int[]> codes)
    {
        foreach (var code in codes)
        {
            var node = Root;
            foreach (var character in code)
                node = Child(node, character);
        }
    }

    public bool Allows(int node, int character) => _nodes[node].ContainsKey(character);

    public int Next(int node, int character) => _nodes[node][character];

    private int Child(int node, int character)
    {
        if (!_nodes[node].TryGetValue(character, out var child))
        {
            child = _nodes.Count;
            _nodes.Add([]);
            _nodes[node].Add(character, child);
        }
        return child;
    }
}
