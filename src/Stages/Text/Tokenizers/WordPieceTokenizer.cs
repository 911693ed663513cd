using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML.Tokenizers;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Text.Tokenizers;

/// <summary>
/// BERT's WordPiece: words cut into pieces of a given vocabulary, <c>[CLS]</c> in front and <c>[SEP]</c> behind. A special token that is
/// written in a text is read as text.
/// </summary>
public sealed class WordPieceTokenizer : ITokenizer
{
    public const string Kind = "tokenize/wordpiece";

    private static readonly string[] Special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

    private readonly Settings _settings;
    private readonly BertTokenizer _bert;

    private WordPieceTokenizer(Settings settings)
    {
        _settings = settings;
        using var vocabulary = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', settings.Vocabulary)));
        // The package's own basic tokenization loses symbols and relies on the runtime's ICU; here it only cuts words into pieces.
        _bert = BertTokenizer.Create(vocabulary, new() { ApplyBasicTokenization = false, SplitOnSpecialTokens = false });
    }

    public IReadOnlyList<string> Vocabulary => _settings.Vocabulary;

    public int PadId => _bert.PaddingTokenId;

    public int UnknownId => _bert.UnknownTokenId;

    public (int Before, int After) Specials => (1, 1);

    /// <summary>Stands for a token that is to be guessed.</summary>
    public int MaskId => _bert.MaskingTokenId;

    /// <summary>Ids that no text has tokens for.</summary>
    public HashSet<int> SpecialIds => [_bert.ClassificationTokenId, _bert.SeparatorTokenId, PadId, UnknownId, MaskId];

    /// <summary>Whether capitals and accents count.</summary>
    public (bool Lower, bool StripAccents) Normalization => (_settings.Lower, _settings.StripAccents);

    /// <summary>Counts the words of a text, for a vocabulary that is learned.</summary>
    public static void Count(string text, bool lower, bool stripAccents, WordCounts counts)
    {
        var words = BertText.Of(text, lower, stripAccents).AsSpan();
        foreach (var word in words.Split(' '))
            if (!words[word].IsEmpty)
                counts.Add(words[word]);
    }

    /// <param name="vocabulary">One token an id, as the lines of a <c>vocab.txt</c>.</param>
    /// <exception cref="ArgumentException">A special token of BERT is missing, or a token is there twice.</exception>
    public static WordPieceTokenizer Of(IReadOnlyList<string> vocabulary, bool lower, bool stripAccents)
    {
        Dictionary<string, int> places = new(vocabulary.Count, StringComparer.Ordinal);
        foreach (var (place, token) in vocabulary.Index())
            if (!places.TryAdd(token, place))
                throw new ArgumentException($"the token '{token}' stands on the lines {places[token] + 1} and {place + 1}");
        return Array.Find(Special, token => !places.ContainsKey(token)) is { } missing
            ? throw new ArgumentException($"the token {missing} is missing")
            : new(new(vocabulary, lower, stripAccents));
    }

    public static WordPieceTokenizer From(JsonObject settings) => new(settings.Deserialize<Settings>(Json.Plain)!);

    public JsonObject ToSettings() => JsonSerializer.SerializeToNode(_settings, Json.Plain)!.AsObject();

    /// <summary>The text without the accents that the vocabulary does without.</summary>
    public string Unaccented(string text) => _settings.StripAccents ? BertText.WithoutMarks(text) : text;

    public void Encode(string text, List<int> ids) => ids.AddRange(_bert.EncodeToIds(Words(text)));

    public IReadOnlyList<Token> Tokens(string text) =>
    [
        new(_bert.ClassificationToken, _bert.ClassificationTokenId),
        .. Pieces(Words(text)),
        new(_bert.SeparatorToken, _bert.SeparatorTokenId),
    ];

    public string Decode(ReadOnlySpan<int> ids)
    {
        var specials = new HashSet<int> { _bert.ClassificationTokenId, _bert.SeparatorTokenId, PadId, _bert.MaskingTokenId };
        var pieces = new List<int>();
        foreach (var id in ids)
            if (!specials.Contains(id))
                pieces.Add(id);
        return _bert.Decode(pieces);
    }

    private string Words(string text) => BertText.Of(text, _settings.Lower, _settings.StripAccents);

    private IEnumerable<Token> Pieces(string words) => _bert.EncodeToTokens(words, out _).Select(token => token.Id == UnknownId
        ? new Token(words[token.Offset], UnknownId, Known: false)
        : new Token(token.Value, token.Id));

    private sealed record Settings(IReadOnlyList<string> Vocabulary, bool Lower, bool StripAccents);
}
