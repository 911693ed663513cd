using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Text.Tokenizers;

/// <summary>Words numbered as Keras' TextVectorization does: 0 is padding, 1 the unknown word, then by falling frequency.</summary>
public sealed class WordTokenizer : ITokenizer
{
    public const string Kind = "tokenize/words";

    private const int FirstWord = 2;

    private readonly WordRules _rules;
    private readonly string[] _vocabulary;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _ids;

    private WordTokenizer(WordRules rules, string[] vocabulary)
    {
        _rules = rules;
        _vocabulary = vocabulary;
        var ids = new Dictionary<string, int>(vocabulary.Length, StringComparer.Ordinal);
        for (var id = FirstWord; id < vocabulary.Length; id++)
            ids.Add(vocabulary[id], id);
        _ids = ids.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public IReadOnlyList<string> Vocabulary => _vocabulary;

    public int PadId => 0;

    public int UnknownId => 1;

    public (int Before, int After) Specials => (0, 0);

    /// <param name="maxTokens">Size of the vocabulary, padding and the unknown word included; null: no bound.</param>
    public static WordTokenizer Fit(WordCounts counts, WordRules rules, string unknown, int? maxTokens, int minCount)
    {
        var words = counts.Ranked().Where(word => word.Value >= minCount && word.Key != unknown).Select(word => word.Key);
        if (maxTokens is { } most)
            words = words.Take(Math.Max(0, most - FirstWord));
        return new(rules, ["", unknown, .. words]);
    }

    public static WordTokenizer From(JsonObject settings) => new(
        settings["rules"].Deserialize<WordRules>(Json.Plain)!,
        settings["vocabulary"].Deserialize<string[]>(Json.Plain)!);

    public JsonObject ToSettings() => new()
    {
        ["rules"] = JsonSerializer.SerializeToNode(_rules, Json.Plain),
        ["vocabulary"] = JsonSerializer.SerializeToNode(_vocabulary, Json.Plain),
    };

    public void Encode(string text, List<int> ids) => Encode(text, ids, unknown: null);

    /// <summary>As <see cref="Encode(string, List{int})"/>, counting words outside the vocabulary in <paramref name="unknown"/>.</summary>
    public void Encode(string text, List<int> ids, WordCounts? unknown)
    {
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
        var words = new WordReader(text, _rules, new char[text.Length]);
        while (words.Read(out var word))
            tokens.Add(_ids.TryGetValue(word, out var id) ? new(_vocabulary[id], id) : new(word.ToString(), UnknownId, Known: false));
        return tokens;
    }

    public string Decode(ReadOnlySpan<int> ids)
    {
        var text = new StringBuilder();
        foreach (var id in ids)
        {
            if (id == PadId)
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
}
