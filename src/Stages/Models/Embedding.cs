using Pipelines.Stages.Contracts;
using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models;

/// <summary>A vector a word; only the rows of the words in a batch are read, differentiated and updated.</summary>
internal sealed class Embedding
{
    private readonly Parameter _weights;

    /// <param name="initial">Starting values of so many numbers.</param>
    public Embedding(
        ParameterSet parameters, string name, int words, int size, Func<SeededRandom, int, float[]> initial, bool trainable = true) =>
        _weights = parameters.Add(
            $"{name}.embeddings", random => initial(random, words * size), [words, size], isEmbedding: true, isTrainable: trainable);

    /// <summary>The vectors of these words (words x size), as a leaf of the graph when they are trained.</summary>
    public EmbeddingLookup Gather(int[] words, bool training)
    {
        var index = Indices.Of(words, _weights.Value.device);
        var rows = _weights.Value.index_select(0, index);
        return new(_weights, index, training && _weights.IsTrainable ? rows.requires_grad_(true) : rows);
    }

    /// <summary>The vectors of a batch, one row a position.</summary>
    public Tensor VectorsOf(TokenBatch texts)
    {
        using var rows = Gather(texts.Words, training: false).Rows;
        return rows.index_select(0, Indices.Of(texts.Index.RowOfPosition, rows.device));
    }
}
