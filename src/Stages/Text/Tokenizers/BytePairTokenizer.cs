using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Text.Tokenizers;

/// <summary>
/// RoBERTa's tokenizer, that of GPT-2: words with the blank before them, spelled in bytes, whose neighbours are merged as was learned.
/// Every byte has a letter, <c>Ġ</c> that of a blank, so nothing is unknown.
/// </summary>
public sealed partial class BytePairTokenizer : ITokenizer
{
    public const string Kind = "tokenize/byte-pairs";

    private const string Start = "<s>", End = "</s>", Pad = "<pad>", Unknown = "<unk>";

    private readonly Settings _settings;
    private readonly BpeTokenizer _pieces;
    private readonly int _start, _end;

    private BytePairTokenizer(Settings settings)
    {
        _settings = settings;
        var ids = settings.Vocabulary.Index().ToDictionary(piece => piece.Item, piece => piece.Index, StringComparer.Ordinal);
        (_start, _end, PadId, UnknownId) = (IdOf(Start), IdOf(End), IdOf(Pad), IdOf(Unknown));
        _pieces = BpeTokenizer.Create(new BpeOptions(ids)
        {
            Merges = settings.Merges,
            ByteLevel = true,
            PreTokenizer = new RegexPreTokenizer(Words(), specialTokens: null),
        });

        int IdOf(string special) => ids.TryGetValue(special, out var id)
            ? id
            : throw new ArgumentException($"The token {special} is missing.");
    }

    public IReadOnlyList<string> Vocabulary => _settings.Vocabulary;

    /// <summary>Two pieces with a blank between, the first to be merged first.</summary>
    public IReadOnlyList<string> Merges => _settings.Merges;

    public int PadId { get; }

    public int UnknownId { get; }

    public (int Before, int After) Specials => (1, 1);

    /// <param name="vocabulary">One piece an id.</param>
    /// <param name="merges">Two pieces with a blank between, the first to be merged first.</param>
    /// <exception cref="ArgumentException">A special token of RoBERTa is missing.</exception>
    public static BytePairTokenizer Of(IReadOnlyList<string> vocabulary, IReadOnlyList<string> merges) => new(new(vocabulary, merges));

    public static BytePairTokenizer From(JsonObject settings) => new(settings.Deserialize<Settings>(Json.Plain)!);

    public JsonObject ToSettings() => JsonSerializer.SerializeToNode(_settings, Json.Plain)!.AsObject();

    public void Encode(string text, List<int> ids)
    {
        ids.Add(_start);
        ids.AddRange(_pieces.EncodeToIds(text));
        ids.Add(_end);
    }

    public IReadOnlyList<Token> Tokens(string text)
    {
        List<int> ids = [];
        Encode(text, ids);
        return [.. ids.Select(id => new Token(Vocabulary[id], id))];
    }

    public string Decode(ReadOnlySpan<int> ids)
    {
        List<int> pieces = [];
        foreach (var id in ids)
            if (id != _start && id != _end && id != PadId && id != UnknownId)
                pieces.Add(id);
        return _pieces.Decode(pieces);
    }

    // GPT-2's pattern. Letters beyond the basic plane count as signs here, because .NET looks at halves of them.
    [GeneratedRegex(@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+")]
    private static partial Regex Words();

    private sealed record Settings(IReadOnlyList<string> Vocabulary, IReadOnlyList<string> Merges);
}
