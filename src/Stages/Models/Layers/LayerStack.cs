using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Models.Layers;

/// <summary>Builds the layers behind the embedding, and says which layer cannot stand where it is.</summary>
internal static class LayerStack
{
    /// <summary>The embedding that the stack must start with.</summary>
    public static Layer.Embedding EmbeddingOf(IReadOnlyList<Layer> layers)
    {
        if (layers.Count == 0 || layers[0] is not Layer.Embedding embedding)
            throw LayerSite.Wrong(0, "The first layer must be an embedding.", "Begin with `embedding: 100`.");
        if (layers[^1] is not Layer.Dense { Activation: Activation.Softmax or Activation.Sigmoid or Activation.Linear })
            throw LayerSite.Wrong(layers.Count - 1, "The last layer must give every class a probability.", "End with `dense: softmax`.");
        return embedding;
    }

    public static IReadOnlyList<BuiltLayer> Build(IReadOnlyList<Layer> layers, int classes, ParameterSet parameters, int threads)
    {
        Dictionary<string, int> names = new(StringComparer.Ordinal);
        List<BuiltLayer> built = [];
        var (size, hasSteps) = (EmbeddingOf(layers).Size, true);
        for (var i = 1; i < layers.Count; i++)
        {
            var kind = LayerJson.NameOf(layers[i].GetType());
            var number = names[kind] = names.GetValueOrDefault(kind) + 1;
            var site = new LayerSite(layers, i, number == 1 ? kind : $"{kind}_{number}", size, hasSteps, classes, parameters, threads);
            CheckInput(layers[i], kind, site);
            built.Add(layers[i].Build(site));
            (size, hasSteps) = (built[^1].Size, built[^1].GivesSteps);
        }
        return built;
    }

    private static void CheckInput(Layer layer, string kind, LayerSite site)
    {
        if (layer.ReadsSteps == true && !site.HasSteps)
            throw site.Wrong($"{kind} reads the values of every word, and the layers before it leave only one row a text.",
                "Put it before pooling; an lstm before it needs `return_sequences: true`.");
        if (layer.ReadsSteps == false && site.HasSteps)
            throw site.Wrong($"A {kind} layer needs one row of values a text, and here there is one a word.",
                "Put max-pool, average-pool, last or an lstm before it.");
    }
}
