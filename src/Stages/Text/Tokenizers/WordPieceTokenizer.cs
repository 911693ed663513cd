using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML.Tokenizers;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Text.Tokenizers;

/// <summary>BERT's WordPiece: words cut into pieces of a given vocabulary, <c>[CLS]</c> in front and <c>[SEP]</c> behind.</summary>
public sealed class WordPieceTokenizer : ITokenizer
{
    public const string Kind = "tokenize/wordpiece";

    private readonly Settings _settings;
    private readonly BertTokenizer _bert;

    private WordPieceTokenizer(Settings settings)
    {
        _settings = settings;
        using var vocabulary = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', settings.Vocabulary)));
        _bert = BertTokenizer.Create(vocabulary, new BertOptions { LowerCaseBeforeTokenization = settings.Lower });
    }

    public IReadOnlyList<string> Vocabulary => _settings.Vocabulary;

    public int PadId => _bert.PaddingTokenId;

    public int UnknownId => _bert.UnknownTokenId;

    public (int Before, int After) Specials => (1, 1);

    /// <param name="vocabulary">One token an id, as the lines of a <c>vocab.txt</c>.</param>
    /// <exception cref="ArgumentException">A special token of BERT is missing.</exception>
    public static WordPieceTokenizer Of(IReadOnlyList<string> vocabulary, bool lower, bool stripAccents) => new(new(vocabulary, lower, stripAccents));

    public static WordPieceTokenizer From(JsonObject settings) => new(settings.Deserialize<Settings>(Json.Plain)!);

    public JsonObject ToSettings() => JsonSerializer.SerializeToNode(_settings, Json.Plain)!.AsObject();

    /// <summary>The text that gets cut. Accents are removed here: the package leaves that to the runtime's ICU, which may be absent.</summary>
    public string Prepared(string text) => _settings.StripAccents ? Accents.Strip(text) : text;

    public void Encode(string text, List<int> ids) => ids.AddRange(_bert.EncodeToIds(Prepared(text)));

    public IReadOnlyList<Token> Tokens(string text) =>
    [
        new(_bert.ClassificationToken, _bert.ClassificationTokenId),
        .. _bert.EncodeToTokens(Prepared(text), out var normalized).Select(token => token.Id == UnknownId
            ? new Token((normalized ?? text)[token.Offset], UnknownId, Known: false)
            : new Token(token.Value, token.Id)),
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

    private sealed record Settings(IReadOnlyList<string> Vocabulary, bool Lower, bool StripAccents);
}
