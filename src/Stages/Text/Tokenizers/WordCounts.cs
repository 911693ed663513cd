using System.Runtime.InteropServices;

namespace Pipelines.Stages.Text.Tokenizers;

/// <summary>How often each word occurs.</summary>
public sealed class WordCounts
{
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> _bySpan;

    public WordCounts() => _bySpan = _counts.GetAlternateLookup<ReadOnlySpan<char>>();

    public int Distinct => _counts.Count;

    public long Total { get; private set; }

    public void Add(ReadOnlySpan<char> word)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(_bySpan, word, out _)++;
        Total++;
    }

    /// <summary>Most frequent first; equal counts in reverse alphabetical order, as Keras numbers its vocabulary.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Ranked()
    {
        var ranked = _counts.ToArray();
        Array.Sort(ranked, (left, right) => left.Value != right.Value
            ? right.Value.CompareTo(left.Value)
            : string.CompareOrdinal(right.Key, left.Key));
        return ranked;
    }

    /// <summary>Most frequent first; equal counts as they first occurred, as Keras' older Tokenizer numbers words.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> ByFirstOccurrence() => [.. _counts.OrderByDescending(word => word.Value)];
}
