using System.Text.Json;
using System.Text.Json.Nodes;
using Pipelines.Stages.Contracts;
using SentencePieceModel = Microsoft.ML.Tokenizers.SentencePieceTokenizer;

namespace Pipelines.Stages.Text.Tokenizers;

/// <summary>SentencePiece's unigram model: pieces of a text without regard to words, <c>▁</c> for a space.</summary>
public sealed class SentencePieceTokenizer : ITokenizer
{
    public const string Kind = "tokenize/sentencepiece";

    private const string Pad = "<pad>";
    private const int CamembertShift = 4;
    private const int CamembertUnknown = 3;

    private static readonly string[] CamembertFront = ["<s>NOTUSED", Pad, "</s>NOTUSED", "<unk>"];

    private readonly Settings _settings;
    private readonly SentencePieceModel _pieces;
    private readonly SentencePieceText _text;
    private readonly string[] _vocabulary;

    private SentencePieceTokenizer(Settings settings)
    {
        _settings = settings;
        var content = Convert.FromBase64String(settings.Model);
        _text = new(new(content));
        using var model = new MemoryStream(content);
        _pieces = SentencePieceModel.Create(model, addBeginningOfSentence: true, addEndOfSentence: true);
        _vocabulary = VocabularyOf(_pieces, settings.Layout);
        PadId = Array.IndexOf(_vocabulary, Pad);
    }

    public IReadOnlyList<string> Vocabulary => _vocabulary;

    public int PadId { get; }

    public int UnknownId => IdOf(_pieces.UnknownId);

    public (int Before, int After) Specials => (1, 1);

    /// <param name="model">The content of a <c>.model</c> file.</param>
    /// <exception cref="StageException">The model is of a kind that is not supported.</exception>
    public static SentencePieceTokenizer Of(byte[] model, SentencePieceLayout layout) => new(new(Convert.ToBase64String(model), layout));

    public static SentencePieceTokenizer From(JsonObject settings) => new(settings.Deserialize<Settings>(Json.Plain)!);

    /// <summary>The file that it was made from.</summary>
    public byte[] Content => Convert.FromBase64String(_settings.Model);

    public JsonObject ToSettings() => JsonSerializer.SerializeToNode(_settings, Json.Plain)!.AsObject();

    // A text without pieces gets no special tokens from the package, but a model reads them all the same.
    public void Encode(string text, List<int> ids)
    {
        ids.Add(IdOf(_pieces.BeginningOfSentenceId));
        var before = -1;
        foreach (var piece in _pieces.EncodeToIds(_text.Of(text), addBeginningOfSentence: false, addEndOfSentence: false,
            considerNormalization: false))
        {
            if (!IsSameRun(before, piece))
                ids.Add(IdOf(piece));
            before = piece;
        }
        ids.Add(IdOf(_pieces.EndOfSentenceId));
    }

    public IReadOnlyList<Token> Tokens(string text)
    {
        List<Token> tokens = [new(_pieces.BeginningOfSentenceToken, IdOf(_pieces.BeginningOfSentenceId))];
        var before = -1;
        foreach (var token in _pieces.EncodeToTokens(_text.Of(text), out _, addBeginningOfSentence: false, addEndOfSentence: false,
            considerNormalization: false))
        {
            if (IsSameRun(before, token.Id))
                tokens[^1] = tokens[^1] with { Text = tokens[^1].Text + token.Value };
            else
                tokens.Add(new(token.Value, IdOf(token.Id), token.Id != _pieces.UnknownId));
            before = token.Id;
        }
        tokens.Add(new(_pieces.EndOfSentenceToken, IdOf(_pieces.EndOfSentenceId)));
        return tokens;
    }

    public string Decode(ReadOnlySpan<int> ids)
    {
        var pieces = new List<int>();
        foreach (var id in ids)
            if (id != PadId && PieceOf(id) is { } piece)
                pieces.Add(piece);
        return _pieces.Decode(pieces);
    }

    // SentencePiece gives unknown characters that stand together one id.
    private bool IsSameRun(int before, int piece) => piece == before && piece == _pieces.UnknownId;

    private int IdOf(int piece)
    {
        if (_settings.Layout == SentencePieceLayout.Plain)
            return piece;
        return piece == _pieces.UnknownId ? CamembertUnknown : piece + CamembertShift;
    }

    private int? PieceOf(int id)
    {
        if (_settings.Layout == SentencePieceLayout.Plain)
            return id;
        return id == CamembertUnknown ? _pieces.UnknownId : id >= CamembertShift ? id - CamembertShift : null;
    }

    private static string[] VocabularyOf(SentencePieceModel tokenizer, SentencePieceLayout layout)
    {
        var pieces = new string[tokenizer.Vocabulary.Values.Max() + 1];
        Array.Fill(pieces, "");
        foreach (var (piece, id) in tokenizer.Vocabulary)
            pieces[id] = piece;
        if (layout == SentencePieceLayout.Camembert)
            return [.. CamembertFront, "<unk>NOTUSED", .. pieces.Skip(1), "<mask>"];
        return pieces.Contains(Pad) ? pieces : [.. pieces, Pad];
    }

    private sealed record Settings(string Model, SentencePieceLayout Layout);
}
