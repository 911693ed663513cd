using Pipelines.Stages.Contracts;
using Pipelines.Stages.Text.Vectors;

namespace Pipelines.Stages.Models.Layers;

/// <summary>Where the vectors of a vocabulary start when others trained them: a word without one keeps what was drawn for it.</summary>
internal sealed class PretrainedVectors
{
    private readonly WordVectors _vectors;
    private readonly int[] _placeOfWord;

    /// <param name="size">Of the embedding.</param>
    /// <exception cref="StageException">The vectors have another size, or are of none of the words.</exception>
    public PretrainedVectors(WordVectors vectors, IReadOnlyList<string> vocabulary, int size)
    {
        (_vectors, _placeOfWord) = (vectors, [.. vocabulary.Select(vectors.PlaceOf)]);
        if (vectors.Width != size)
            throw Wrong(
                $"The embedding has vectors of {size} numbers, and the given ones have {vectors.Width}.",
                $"Write `size: {vectors.Width}`, or take vectors of {size}.", "size");
        if (Covered == 0)
            throw Wrong("No word of the vocabulary has a vector.", "Are the vectors of the language of the texts?");
    }

    /// <summary>How many words of the vocabulary have a vector.</summary>
    public int Covered => _placeOfWord.Count(place => place >= 0);

    /// <summary>Null: the embedding starts from random numbers alone.</summary>
    /// <exception cref="StageException">The embedding starts from vectors that are not there, or do not fit.</exception>
    public static async Task<PretrainedVectors?> ReadAsync(
        Layer.Embedding embedding, Table? vectors, IReadOnlyList<string> vocabulary, CancellationToken cancellation)
    {
        if (!embedding.Vectors)
            return null;
        return vectors is null
            ? throw Wrong("The embedding starts from vectors, and the stage was given none.",
                "Name a stage that gives some, such as embed/vectors: `from: { rows: padded, vectors: glove }`.", "vectors")
            : new(await WordVectors.ReadAsync(vectors, cancellation).ConfigureAwait(false), vocabulary, embedding.Size);
    }

    /// <summary>Puts the vectors in the place of what was drawn.</summary>
    /// <param name="weights">Words x size.</param>
    public void CopyTo(Span<float> weights)
    {
        for (var word = 0; word < _placeOfWord.Length; word++)
            if (_placeOfWord[word] is >= 0 and var place)
                _vectors[place].CopyTo(weights[(word * _vectors.Width)..]);
    }

    private static StageException Wrong(string message, string help, string? member = null) => new(message)
    {
        Help = help,
        Parameter = member is null ? $"{LayerStack.Path}.0" : $"{LayerStack.Path}.0.embedding.{member}",
    };
}
