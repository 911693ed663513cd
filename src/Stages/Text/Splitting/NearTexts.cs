using Pipelines.Stages.Text.Tokenizers;

namespace Pipelines.Stages.Text.Splitting;

/// <summary>
/// Texts that share most of their words with one of the training split (Jaccard similarity of the sets of words), found exactly: two
/// sets that are similar enough have one
/// of their rarest words in common, so only those are looked up (Bayardo, Ma and Srikant 2007).
/// </summary>
internal sealed class NearTexts(double similarity)
{
    private const double Rounding = 1e-9;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<int> _texts = [];
    private readonly List<(bool IsTrain, int[] Words)> _rows = [];

    public void Add(bool isTrain, string text)
    {
        var words = new HashSet<int>();
        var numbers = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        var reader = new WordReader(text, WordRules.ForCounting, new char[text.Length]);
        while (reader.Read(out var word))
        {
            if (!numbers.TryGetValue(word, out var number))
            {
                _numbers.Add(word.ToString(), number = _texts.Count);
                _texts.Add(0);
            }
            if (words.Add(number))
                _texts[number]++;
        }
        _rows.Add((isTrain, [.. words]));
    }

    /// <summary>By row: whether a text of the training split is similar; false for its own.</summary>
    public bool[] OfTrain()
    {
        foreach (var (_, words) in _rows)
            Array.Sort(words, (first, second) => (_texts[first], first).CompareTo((_texts[second], second)));
        var byWord = new Dictionary<int, List<int[]>>();
        foreach (var words in _rows.Where(row => row.IsTrain).Select(row => row.Words).DistinctBy(words => string.Join(' ', words)))
            foreach (var word in Rarest(words))
            {
                if (!byWord.TryGetValue(word, out var sets))
                    byWord.Add(word, sets = []);
                sets.Add(words);
            }
        return [.. _rows.Select(row => !row.IsTrain && HasSimilar(row.Words, byWord))];
    }

    private bool HasSimilar(int[] words, Dictionary<int, List<int[]>> byWord) =>
        Rarest(words).Any(word => byWord.TryGetValue(word, out var sets) && sets.Exists(set => IsSimilar(words, set)));

    // Of similar sets at most 1 - similarity of either is missing in the other.
    private IEnumerable<int> Rarest(int[] words) =>
        words.Take(words.Length - (int)Math.Ceiling((similarity * words.Length) - Rounding) + 1);

    private bool IsSimilar(int[] first, int[] second)
    {
        var (fewer, more) = (Math.Min(first.Length, second.Length), Math.Max(first.Length, second.Length));
        if (fewer < (similarity * more) - Rounding)
            return false;
        var common = first.AsSpan().Length < second.Length ? Common(second, first) : Common(first, second);
        return common >= (similarity * (first.Length + second.Length - common)) - Rounding;
    }

    private static int Common(int[] first, int[] second)
    {
        var words = first.ToHashSet();
        return second.Count(words.Contains);
    }
}
