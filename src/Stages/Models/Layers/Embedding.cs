using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Models.Layers;

public abstract partial record Layer
{
    /// <summary>A vector a word. It is the first layer, which <see cref="TextClassifier"/> makes itself.</summary>
    /// <param name="Start">Of the words that have no vector yet.</param>
    /// <param name="Vectors">Words start from the vectors that the stage is given, where they have one.</param>
    public sealed record Embedding(
        int Size, bool Trainable = true, EmbeddingInitializer Start = EmbeddingInitializer.Uniform, bool Vectors = false) : Layer
    {
        internal override bool? ReadsSteps => null;

        internal override LayerShape ShapeAt(LayerSite site) =>
            throw site.Wrong("There can be only one embedding, as the first layer.", "Remove this one.");

        internal override LayerFunction Build(LayerSite site, LayerWeights weights) => throw new NotSupportedException();
    }
}
