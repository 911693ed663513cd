using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Text.Vectors;

namespace Pipelines.Stages.Kinds.Embed;

/// <summary>Words that somebody asks about, some of which may have no vector.</summary>
internal sealed class AskedWords(WordVectors vectors)
{
    private readonly SortedSet<string> _missing = new(StringComparer.Ordinal);

    public bool Has(string word)
    {
        if (vectors.PlaceOf(word) >= 0)
            return true;
        _missing.Add(word);
        return false;
    }

    public StageException NoneFound(string parameter) => new(
        _missing.Count == 0 ? "No word is asked about." : $"None of the words has a vector: {string.Join(", ", _missing)}.")
    {
        Help = "name words of the vocabulary, as the tokenizer writes them",
        Parameter = parameter,
    };

    public IEnumerable<CardItem> Warnings()
    {
        if (_missing.Count > 0)
            yield return new Warning("words_missing", new Dictionary<string, object>
            {
                ["count"] = _missing.Count,
                ["words"] = string.Join(", ", _missing),
            });
    }
}
