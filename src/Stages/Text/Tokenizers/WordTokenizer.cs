using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Text.Tokenizers;

/// <summary>Words numbered as Keras does: 0 is padding, then come the unknown word and other signs, then words by frequency.</summary>
public sealed class WordTokenizer : ITokenizer
{
    public const string Kind = "tokenize/words";

    private readonly WordRules _rules;
    private readonly ReservedIds _reserved;
    private readonly string[] _vocabulary;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _ids;

    private WordTokenizer(WordRules rules, ReservedIds reserved, string[] vocabulary)
    {
        _rules = rules;
        _reserved = reserved;
        _vocabulary = vocabulary;
        var ids = new Dictionary<string, int>(vocabulary.Length, StringComparer.Ordinal);
        for (var id = reserved.First; id < vocabulary.Length; id++)
            ids.Add(vocabulary[id], id);
        _ids = ids.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public IReadOnlyList<string> Vocabulary => _vocabulary;

    public int PadId => 0;

    public int UnknownId => _reserved.Unknown;

    public (int Before, int After) Specials => (0, 0);

    /// <param name="maxTokens">Size of the vocabulary, padding and signs included; null: no bound.</param>
    /// <param name="numbering">Null: that of TextVectorization.</param>
    public static WordTokenizer Fit(
        WordCounts counts, WordRules rules, string unknown, int? maxTokens, int minCount, WordNumbering? numbering = null)
    {
        var reserved = ReservedIds.Of(numbering ?? new WordNumbering.TextVectorization());
        var ranked = numbering is WordNumbering.Imdb ? counts.ByFirstOccurrence() : counts.Ranked();
        var words = Kept(ranked, unknown, minCount);
        if (maxTokens is { } most)
            words = words.Take(Math.Max(0, most - reserved.First));
        return new(rules, reserved, [.. reserved.Names(unknown), .. words]);
    }

    /// <summary>
    /// What course code takes texts to predict for: a word has its rank as its number, nothing starts a text, and punctuation sticks to
    /// the words.
    /// </summary>
    /// <param name="size">How many numbers the model knows.</param>
    public static WordTokenizer ByRank(WordCounts counts, int size, string unknown, int minCount, int oov)
    {
        string[] vocabulary = ["", .. Kept(counts.ByFirstOccurrence(), unknown, minCount).Take(size - 1)];
        var unused = Enumerable.Range(vocabulary.Length, size - vocabulary.Length).Select(id => $"<UNUSED{id}>");
        return new(new(Apostrophes.Keep, Punctuation.Keep), new(oov, First: 1), [.. vocabulary, .. unused]);
    }

    public static WordTokenizer From(JsonObject settings) => new(
        settings["rules"].Deserialize<WordRules>(Json.Plain)!,
        settings["reserved"].Deserialize<ReservedIds>(Json.Plain) ?? new(),
        settings["vocabulary"].Deserialize<string[]>(Json.Plain)!);

    public JsonObject ToSettings()
    {
        var settings = new JsonObject
        {
            ["rules"] = JsonSerializer.SerializeToNode(_rules, Json.Plain),
            ["vocabulary"] = JsonSerializer.SerializeToNode(_vocabulary, Json.Plain),
        };
        if (_reserved != new ReservedIds())
            settings["reserved"] = JsonSerializer.SerializeToNode(_reserved, Json.Plain);
        return settings;
    }

    public void Encode(string text, List<int> ids) => Encode(text, ids, unknown: null);

    /// <summary>As <see cref="Encode(string, List{int})"/>, counting words outside the vocabulary in <paramref name="unknown"/>.</summary>
    public void Encode(string text, List<int> ids, WordCounts? unknown)
    {
        if (_reserved.Start is { } start)
            ids.Add(start);
        var buffer = ArrayPool<char>.Shared.Rent(text.Length);
        var words = new WordReader(text, _rules, buffer);
        while (words.Read(out var word))
        {
            if (!_ids.TryGetValue(word, out var id))
            {
                id = UnknownId;
                unknown?.Add(word);
            }
            ids.Add(id);
        }
        ArrayPool<char>.Shared.Return(buffer);
    }

    public IReadOnlyList<Token> Tokens(string text)
    {
        var tokens = new List<Token>();
        if (_reserved.Start is { } start)
            tokens.Add(new(_vocabulary[start], start));
        var words = new WordReader(text, _rules, new char[text.Length]);
        while (words.Read(out var word))
            tokens.Add(_ids.TryGetValue(word, out var id) ? new(_vocabulary[id], id) : new(word.ToString(), UnknownId, Known: false));
        return tokens;
    }

    public IReadOnlyList<string> Unknown(string text, int most)
    {
        List<string> unknown = [];
        var buffer = ArrayPool<char>.Shared.Rent(text.Length);
        var words = new WordReader(text, _rules, buffer);
        while (unknown.Count < most && words.Read(out var word))
            if (!_ids.ContainsKey(word) && !unknown.Contains(word.ToString(), StringComparer.Ordinal))
                unknown.Add(word.ToString());
        ArrayPool<char>.Shared.Return(buffer);
        return unknown;
    }

    public string Decode(ReadOnlySpan<int> ids)
    {
        var text = new StringBuilder();
        foreach (var id in ids)
        {
            if (id == PadId || id == _reserved.Start)
                continue;
            if (text.Length > 0 && !(text[^1] == '\'' && _rules.Apostrophes == Apostrophes.French))
                text.Append(' ');
            text.Append(_vocabulary[id]);
        }
        return text.ToString();
    }

    /// <summary>Counts the words of a text by the rules a tokenizer will be fitted with.</summary>
    public static void Count(string text, WordRules rules, WordCounts counts)
    {
        var buffer = ArrayPool<char>.Shared.Rent(text.Length);
        var words = new WordReader(text, rules, buffer);
        while (words.Read(out var word))
            counts.Add(word);
        ArrayPool<char>.Shared.Return(buffer);
    }

    private static IEnumerable<string> Kept(IReadOnlyList<KeyValuePair<string, long>> ranked, string unknown, int minCount) =>
        ranked.Where(word => word.Value >= minCount && word.Key != unknown).Select(word => word.Key);
}
