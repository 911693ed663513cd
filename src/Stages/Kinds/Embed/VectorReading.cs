using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Text.Vectors;

namespace Pipelines.Stages.Kinds.Embed;

/// <summary>The vectors of a file that are wanted, each word once.</summary>
/// <param name="most">How many lines are read; null: all.</param>
/// <param name="wanted">Null: all words.</param>
internal sealed class VectorReading(VectorFile file, int? most, IReadOnlySet<string>? wanted)
{
    private readonly HashSet<string> _found = new(StringComparer.Ordinal);
    private long _repeated;

    /// <summary>The words so far.</summary>
    public IReadOnlySet<string> Found => _found;

    public IEnumerable<WordVector> Read()
    {
        foreach (var vector in most is { } first ? file.Read().Take(first) : file.Read())
            if (wanted?.Contains(vector.Word) == false)
                continue;
            else if (_found.Add(vector.Word))
                yield return vector;
            else
                _repeated++;
    }

    public IEnumerable<CardItem> Items()
    {
        if (_repeated > 0)
            yield return new Warning("repeated_words", new Dictionary<string, object> { ["count"] = _repeated });
    }
}
