using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Models.Layers;

/// <summary>Layers one after the other: what goes from one to the next, and which cannot stand where it is.</summary>
internal static class LayerStack
{
    /// <summary>The parameter that holds the layers of a network.</summary>
    public const string Path = "layers";

    /// <summary>The layers themselves, for the constructors of parameters.</summary>
    /// <exception cref="StageException">A layer cannot stand where it is, whatever the data are.</exception>
    public static IReadOnlyList<Layer> Checked(IReadOnlyList<Layer> layers, IReadOnlyList<Head>? heads = null)
    {
        Check(layers, new(), heads?.Select(head => new HeadSettings(head, 0, null)));
        return layers;
    }

    /// <exception cref="StageException">A layer cannot stand where it is.</exception>
    public static void Check(IReadOnlyList<Layer> layers, NetworkData data, IEnumerable<HeadSettings>? heads = null)
    {
        if (layers.Count == 0)
            throw new StageException("A network needs layers.") { Help = "Begin with `embedding: 100`.", Parameter = Path };
        if (layers[0] is not Layer.Embedding)
            throw LayerSite.Wrong($"{Path}.0", layers[0], "The first layer must be an embedding.", "Begin with `embedding: 100`.");
        if (heads is null && layers[^1] is not Layer.Dense { Activation: Activation.Softmax or Activation.Sigmoid or Activation.Linear })
            throw LayerSite.Wrong($"{Path}.{layers.Count - 1}", layers[^1], "The last layer must give every class a probability.",
                "End with `dense: softmax`.");
        var shared = ShapeBehind(layers, data, hasHeads: heads is not null);
        foreach (var (index, head) in (heads ?? []).Index())
            foreach (var site in HeadStack.Sites(head.Head, index, shared, data, data.AreKnown ? head.Classes : null))
                ShapeAt(site);
    }

    /// <summary>What all layers give.</summary>
    public static LayerShape ShapeBehind(IReadOnlyList<Layer> layers, NetworkData data, bool hasHeads) =>
        Behind(layers, data, hasHeads).Select(ShapeAt).LastOrDefault() ?? new(EmbeddingOf(layers).Size, HasSteps: true, data.Length);

    /// <summary>The embedding of checked layers.</summary>
    public static Layer.Embedding EmbeddingOf(IReadOnlyList<Layer> layers) => (Layer.Embedding)layers[0];

    /// <summary>The sites behind the embedding.</summary>
    public static IEnumerable<LayerSite> Behind(IReadOnlyList<Layer> layers, NetworkData data, bool hasHeads = false) => Sites(
        layers, first: 1, Path, prefix: "", new(EmbeddingOf(layers).Size, HasSteps: true, data.Length), data, outer: null, hasHeads);

    /// <summary>The sites of one branch of a layer.</summary>
    /// <param name="path">The parameter that holds the branch.</param>
    public static IEnumerable<LayerSite> InBranch(IReadOnlyList<Layer> layers, string path, string prefix, LayerSite outer) =>
        Sites(layers, first: 0, path, prefix, outer.Input, outer.Data, outer);

    public static LayerShape ShapeAt(LayerSite site)
    {
        var kind = LayerJson.NameOf(site.Layer.GetType());
        if (site.Layer.ReadsSteps == true && !site.Input.HasSteps)
            throw site.Wrong($"{kind} reads the values of every word, and the layers before it leave only one row a text.",
                "Put it before pooling; an lstm before it needs `return_sequences: true`.");
        if (site.Layer.ReadsSteps == false && site.Input.HasSteps)
            throw site.Wrong($"A {kind} layer needs one row of values a text, and here there is one a word.",
                "Put max-pool, average-pool, attention-pool, flatten, last or an lstm before it.");
        return site.Layer.ShapeAt(site);
    }

    /// <summary>One function after the other.</summary>
    public static LayerFunction Build(IEnumerable<LayerSite> sites, LayerWeights weights)
    {
        List<LayerFunction> functions = [.. sites.Select(site => site.Layer.Build(site, weights))];
        return (input, masks) => functions.Aggregate(input, (values, function) => function(values, masks));
    }

    // Names count the layers of a kind, so that weights keep theirs when a layer of another kind is put between.
    public static IEnumerable<LayerSite> Sites(
        IReadOnlyList<Layer> layers, int first, string path, string prefix, LayerShape input, NetworkData data, LayerSite? outer,
        bool hasHeads = false)
    {
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        for (var i = first; i < layers.Count; i++)
        {
            var kind = LayerJson.NameOf(layers[i].GetType());
            var number = counts[kind] = counts.GetValueOrDefault(kind) + 1;
            LayerSite site = new(layers, i, path, prefix + (number == 1 ? kind : $"{kind}_{number}"), input, data, outer, hasHeads);
            yield return site;
            input = ShapeAt(site);
        }
    }
}
