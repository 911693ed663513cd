using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Text.Tokenizers;

/// <summary>Which number each word gets.</summary>
public abstract record WordNumbering
{
    /// <summary>As Keras' TextVectorization: 0 is padding, 1 the unknown word, then the words.</summary>
    public sealed record TextVectorization : WordNumbering;

    /// <summary>As Keras' <c>imdb.load_data</c>: a sign starts every text, and the most frequent word is one above
    /// <paramref name="IndexFrom"/>.</summary>
    /// <param name="Start">Null: no sign starts a text.</param>
    /// <param name="Oov">The unknown word.</param>
    public sealed record Imdb(int? Start = 1, int Oov = 2, int IndexFrom = 3, ImdbMode Mode = ImdbMode.Corrected) : WordNumbering
    {
        public int Oov { get; init; } = Oov != Start
            ? Oov
            : throw new StageException($"the unknown word and the start sign are both {Oov}") { Parameter = "numbering.imdb.oov" };

        public int IndexFrom { get; init; } = IndexFrom >= Math.Max(Start ?? 0, Oov)
            ? IndexFrom
            : throw new StageException($"index_from is {IndexFrom}, so that a word would have the number of a sign")
            {
                Help = $"give {Math.Max(Start ?? 0, Oov)} or more",
                Parameter = "numbering.imdb.index_from",
            };
    }
}

/// <summary>How texts to predict are numbered.</summary>
public enum ImdbMode
{
    /// <summary>As the course document does it: by the rank of a word, as if <c>index_from</c> were 0, and without start sign.</summary>
    Faithful,

    /// <summary>As the rows a model is trained on.</summary>
    Corrected,
}

/// <summary>The numbers that are no words.</summary>
/// <param name="First">The number of the most frequent word.</param>
/// <param name="Start">The sign before every text; null: none.</param>
internal sealed record ReservedIds(int Unknown = 1, int First = 2, int? Start = null)
{
    private const string StartName = "<START>";

    public static ReservedIds Of(WordNumbering numbering) => numbering is WordNumbering.Imdb imdb
        ? new(imdb.Oov, imdb.IndexFrom + 1, imdb.Start)
        : new();

    /// <summary>The names of the numbers below the first word.</summary>
    public IEnumerable<string> Names(string unknown) => Enumerable.Range(0, First)
        .Select(id => id == 0 ? "" : id == Unknown ? unknown : id == Start ? StartName : $"<UNUSED{id}>");
}
