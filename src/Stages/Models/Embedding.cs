using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models;

/// <summary>A vector a word; only the rows of the words in a batch are read, differentiated and updated.</summary>
internal sealed class Embedding
{
    private readonly Parameter _table;

    public Embedding(ParameterSet parameters, string name, int words, int size, EmbeddingInitializer start, bool trainable = true)
    {
        _table = parameters.Add($"{name}.embeddings", random => Initializers.Embedding(random, words * size, start), [words, size], isTable: true);
        Trainable = trainable;
        Size = size;
    }

    public int Size { get; }

    public bool Trainable { get; }

    /// <summary>The vectors of these words (words x size), as a leaf of the graph when they are trained.</summary>
    public EmbeddingLookup Gather(int[] words, bool training)
    {
        var index = Indices.Of(words, _table.Value.device);
        var rows = _table.Value.index_select(0, index);
        return new(_table, index, training && Trainable ? rows.requires_grad_(true) : rows);
    }

    /// <summary>The vectors of a batch, one row a place.</summary>
    public Tensor VectorsOf(TokenBatch texts)
    {
        using var rows = Gather(texts.Words, training: false).Rows;
        return rows.index_select(0, Indices.Of(texts.Index.RowOfPlace, rows.device));
    }
}
