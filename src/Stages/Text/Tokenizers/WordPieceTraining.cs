namespace Pipelines.Stages.Text.Tokenizers;

/// <summary>
/// Learns a WordPiece vocabulary: words begin as single characters, and the pair that stands side by side most often becomes one piece,
/// again and again (Sennrich, Haddow, Birch 2016; as Hugging Face's trainer for BERT does).
/// </summary>
internal sealed class WordPieceTraining
{
    /// <summary>BERT's, in the order of their ids here.</summary>
    public static readonly string[] Specials = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

    private const string Inside = "##";

    // Longer words are unknown to the tokenizer.
    private const int MaxWordLength = 100;

    private readonly List<string> _pieces = [];
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly List<(List<int> Pieces, long Count)> _words = [];
    private readonly Dictionary<(int, int), (long Count, HashSet<int> Words)> _pairs = [];

    private WordPieceTraining(IEnumerable<KeyValuePair<string, long>> words)
    {
        foreach (var (word, count) in words.Where(counted => counted.Key.Length is > 0 and <= MaxWordLength))
            _words.Add(([.. word.EnumerateRunes().Select((rune, i) => IdOf(i == 0 ? $"{rune}" : $"{Inside}{rune}"))], count));
    }

    /// <param name="words">As BERT's basic tokenizer leaves them, with how often each occurs.</param>
    /// <param name="size">How many tokens there are at most.</param>
    /// <param name="minCount">A pair that occurs less often becomes no piece.</param>
    /// <returns>One token an id: the special ones, the characters in alphabetical order, then pieces as they were found.</returns>
    /// <exception cref="ArgumentException">The characters alone are more.</exception>
    public static IReadOnlyList<string> Learn(IEnumerable<KeyValuePair<string, long>> words, int size, long minCount)
    {
        WordPieceTraining training = new(words);
        var characters = training._pieces.Order(StringComparer.Ordinal).ToList();
        return Specials.Length + characters.Count > size
            ? throw new ArgumentException($"the texts have {characters.Count} different characters", nameof(size))
            : [.. Specials, .. characters, .. training.Merge(size - Specials.Length - characters.Count, minCount)];
    }

    private List<string> Merge(int count, long minCount)
    {
        PriorityQueue<(int, int), Candidate> queue = new();
        for (var word = 0; word < _words.Count; word++)
            Count(word, 1);
        Enqueue(queue, _pairs.Keys);
        List<string> merged = [];
        while (merged.Count < count && queue.TryDequeue(out var pair, out var candidate))
        {
            var (now, words) = _pairs.GetValueOrDefault(pair);
            if (now < minCount)
                continue;
            // The pair has lost some of its places since it was put here.
            if (now != candidate.Count)
            {
                queue.Enqueue(pair, candidate with { Count = now });
                continue;
            }
            var known = _pieces.Count;
            var piece = IdOf(_pieces[pair.Item1] + _pieces[pair.Item2][Inside.Length..]);
            // Two ways may lead to one piece.
            if (piece == known)
                merged.Add(_pieces[piece]);
            Enqueue(queue, Replace(pair, piece, words));
        }
        return merged;
    }

    private void Enqueue(PriorityQueue<(int, int), Candidate> queue, IEnumerable<(int, int)> pairs)
    {
        foreach (var pair in pairs)
            queue.Enqueue(pair, new(_pairs[pair].Count, _pieces[pair.Item1], _pieces[pair.Item2]));
    }

    /// <returns>The pairs that came into being.</returns>
    private HashSet<(int, int)> Replace((int Left, int Right) pair, int piece, HashSet<int> words)
    {
        HashSet<(int, int)> made = [];
        foreach (var word in words.ToList())
        {
            Count(word, -1);
            var pieces = _words[word].Pieces;
            for (var i = 0; i + 1 < pieces.Count; i++)
                if (pieces[i] == pair.Left && pieces[i + 1] == pair.Right)
                {
                    pieces[i] = piece;
                    pieces.RemoveAt(i + 1);
                }
            Count(word, 1);
            for (var i = 0; i + 1 < pieces.Count; i++)
                if (pieces[i] == piece || pieces[i + 1] == piece)
                    made.Add((pieces[i], pieces[i + 1]));
        }
        _pairs.Remove(pair);
        made.Remove(pair);
        return made;
    }

    private void Count(int word, int sign)
    {
        var (pieces, count) = _words[word];
        for (var i = 0; i + 1 < pieces.Count; i++)
        {
            var pair = (pieces[i], pieces[i + 1]);
            var (total, words) = _pairs.GetValueOrDefault(pair, (0, []));
            _pairs[pair] = (total + (sign * count), words);
            if (sign > 0)
                words.Add(word);
            else
                words.Remove(word);
        }
    }

    private int IdOf(string piece)
    {
        if (!_ids.TryGetValue(piece, out var id))
        {
            _ids.Add(piece, id = _pieces.Count);
            _pieces.Add(piece);
        }
        return id;
    }

    /// <summary>The most frequent pair comes first, equals in alphabetical order.</summary>
    private readonly record struct Candidate(long Count, string Left, string Right) : IComparable<Candidate>
    {
        public int CompareTo(Candidate other) =>
            Count != other.Count ? other.Count.CompareTo(Count)
            : string.CompareOrdinal(Left, other.Left) is not 0 and var left ? left
            : string.CompareOrdinal(Right, other.Right);
    }
}
