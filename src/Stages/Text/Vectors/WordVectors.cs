using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables;

namespace Pipelines.Stages.Text.Vectors;

/// <summary>Words with a vector each, as <c>embed/vectors</c> gives them.</summary>
/// <param name="Values">Word after word.</param>
internal sealed record WordVectors(IReadOnlyList<string> Words, float[] Values)
{
    private readonly Dictionary<string, int> _places =
        Words.Select((word, place) => KeyValuePair.Create(word, place)).ToDictionary(StringComparer.Ordinal);

    public int Width => Words.Count == 0 ? 0 : Values.Length / Words.Count;

    public ReadOnlySpan<float> this[int place] => Values.AsSpan(place * Width, Width);

    /// <summary>Below 0: it has no vector.</summary>
    public int PlaceOf(string word) => _places.GetValueOrDefault(word, -1);

    /// <summary>Some of the words, in this order.</summary>
    public WordVectors Only(IReadOnlyList<string> words) => new(words, [.. words.SelectMany(word => this[PlaceOf(word)].ToArray())]);

    /// <summary>Vectors as rows of a table.</summary>
    public static RowBatch Batch(IReadOnlyList<WordVector> vectors) => new(vectors.Count,
    [
        new Values<string>(Columns.Word, [.. vectors.Select(vector => vector.Word)]),
        Lists.Of(Columns.Vector, vectors.Select(vector => vector.Values)),
    ]);

    public static async Task<WordVectors> ReadAsync(Table table, CancellationToken cancellation)
    {
        List<string> words = [];
        List<float> values = [];
        await foreach (var batch in table.ReadAsync([Columns.Word, Columns.Vector], cancellation).ConfigureAwait(false))
        {
            words.AddRange(batch.Values<string>(Columns.Word).Items);
            values.AddRange(batch.Lists<float>(Columns.Vector).Items);
        }
        return new(words, [.. values]);
    }
}
