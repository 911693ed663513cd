using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Microsoft.ML.Tokenizers;

/// <summary>SentencePiece's unigram model. Byte fallback and models of other types are not among what stands in here.</summary>
public class SentencePieceTokenizer : Tokenizer
{
    private const char Escape = '\u2581';
    private const int Unigram = 1;

    private readonly ModelFile _file;
    private readonly UnigramModel _model;
    private readonly SentencePieceNormalizer _normalizer;
    private readonly Dictionary<string, int> _vocabulary = new(StringComparer.Ordinal);
    private readonly Regex? _specialTokens;

    private SentencePieceTokenizer(ModelFile file, bool addBegin, bool addEnd, IReadOnlyDictionary<string, int>? specialTokens)
    {
        _file = file;
        _model = new(file);
        _normalizer = new(file);
        AddBeginningOfSentence = addBegin;
        AddEndOfSentence = addEnd;
        SpecialTokens = specialTokens;
        if (specialTokens is { Count: > 0 })
            _specialTokens = new(string.Join("|", specialTokens.Keys.Select(Regex.Escape)));
        foreach (var (id, piece) in file.Pieces.Index())
            if (piece.Type is not (ModelFile.PieceType.Control or ModelFile.PieceType.Unknown or ModelFile.PieceType.Byte))
                _vocabulary.Add(piece.Text, id);
        _vocabulary[file.UnknownPiece] = file.UnknownId;
        _vocabulary[file.BeginPiece] = file.BeginId;
        _vocabulary[file.EndPiece] = file.EndId;
        if (file.PadId >= 0)
            _vocabulary[file.PadPiece] = file.PadId;
    }

    public override Normalizer? Normalizer => _normalizer;

    public IReadOnlyDictionary<string, int> Vocabulary => _vocabulary;

    public IReadOnlyDictionary<string, int>? SpecialTokens { get; }

    public bool AddBeginningOfSentence { get; }

    public bool AddEndOfSentence { get; }

    public string BeginningOfSentenceToken => _file.BeginPiece;

    public int BeginningOfSentenceId => _file.BeginId;

    public string EndOfSentenceToken => _file.EndPiece;

    public int EndOfSentenceId => _file.EndId;

    public string UnknownToken => _file.UnknownPiece;

    public int UnknownId => _file.UnknownId;

    public static SentencePieceTokenizer Create(
        Stream modelStream, bool addBeginningOfSentence = true, bool addEndOfSentence = false,
        IReadOnlyDictionary<string, int>? specialTokens = null)
    {
        var file = ModelFile.Read(modelStream);
        if (file.ModelType != Unigram || file.ByteFallback)
            throw new ArgumentException($"The model type '{file.ModelType}' is not supported.", nameof(modelStream));
        if (Math.Max(file.UnknownId, Math.Max(file.BeginId, file.EndId)) >= file.Pieces.Count)
            throw new ArgumentException("The BOS, EOS, or UNK token is not present in the vocabulary.");
        return new(file, addBeginningOfSentence, addEndOfSentence, specialTokens);
    }

    public IReadOnlyList<int> EncodeToIds(
        string text, bool addBeginningOfSentence, bool addEndOfSentence, bool considerPreTokenization = true,
        bool considerNormalization = true) =>
        [.. EncodeToTokens(text, out _, addBeginningOfSentence, addEndOfSentence, considerPreTokenization, considerNormalization)
            .Select(token => token.Id)];

    public IReadOnlyList<EncodedToken> EncodeToTokens(
        string text, out string? normalizedText, bool addBeginningOfSentence, bool addEndOfSentence, bool considerPreTokenization = true,
        bool considerNormalization = true)
    {
        var tokens = new List<EncodedToken>();
        var normalized = new StringBuilder();
        if (!string.IsNullOrEmpty(text))
        {
            if (addBeginningOfSentence)
                tokens.Add(new(BeginningOfSentenceId, BeginningOfSentenceToken, 0..0));
            AddTokens(text, considerNormalization, tokens, normalized);
            if (addEndOfSentence)
                tokens.Add(new(EndOfSentenceId, EndOfSentenceToken, normalized.Length..normalized.Length));
        }
        normalizedText = normalized.ToString();
        return tokens;
    }

    public override string Decode(IEnumerable<int> ids) => Decode(ids, considerSpecialTokens: false);

    /// <summary>Pieces joined, <c>▁</c> a space; begin, end, unknown and special tokens only if asked for.</summary>
    public string Decode(IEnumerable<int> ids, bool considerSpecialTokens)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var text = new StringBuilder();
        var prefixRemoved = false;
        foreach (var id in ids)
        {
            if (SpecialTokenOf(id) is { } special)
            {
                if (considerSpecialTokens)
                    text.Append(special);
                continue;
            }
            if (id < 0 || id >= _file.Pieces.Count || _file.Pieces[id].Text is not { Length: > 0 } piece)
                continue;
            text.Append(!prefixRemoved && _file.AddDummyPrefix && piece[0] == Escape ? piece[1..] : piece);
            prefixRemoved = true;
        }
        return text.Replace(Escape, ' ').ToString();
    }

    public override OperationStatus Decode(IEnumerable<int> ids, Span<char> destination, out int idsConsumed, out int charsWritten)
    {
        var list = ids.ToList();
        return CopyDecoded(Decode(list), list.Count, destination, out idsConsumed, out charsWritten);
    }

    protected override EncodeResults<EncodedToken> EncodeToTokens(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings)
    {
        var tokens = EncodeToTokens(
            text ?? textSpan.ToString(), out var normalized, AddBeginningOfSentence, AddEndOfSentence,
            settings.ConsiderPreTokenization, settings.ConsiderNormalization);
        return new() { Tokens = [.. tokens.Take(settings.MaxTokenCount)], NormalizedText = normalized, CharsConsumed = normalized?.Length ?? 0 };
    }

    private void AddTokens(string text, bool normalize, List<EncodedToken> tokens, StringBuilder normalized)
    {
        var position = 0;
        if (_specialTokens is not null)
            foreach (var special in _specialTokens.EnumerateMatches(text))
            {
                AddPieces(text[position..special.Index], normalize, tokens, normalized);
                var token = text.Substring(special.Index, special.Length);
                tokens.Add(new(SpecialTokens![token], token, normalized.Length..(normalized.Length + token.Length)));
                normalized.Append(token);
                position = special.Index + special.Length;
            }
        AddPieces(text[position..], normalize, tokens, normalized);
    }

    private void AddPieces(string text, bool normalize, List<EncodedToken> tokens, StringBuilder normalized)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (normalize)
            bytes = _normalizer.NormalizeBytes(bytes);
        foreach (var (id, start, end) in _model.Cut(bytes))
        {
            var piece = Encoding.UTF8.GetString(bytes, start, end - start);
            tokens.Add(new(id, piece, normalized.Length..(normalized.Length + piece.Length)));
            normalized.Append(piece);
        }
    }

    private string? SpecialTokenOf(int id)
    {
        if (id == BeginningOfSentenceId)
            return BeginningOfSentenceToken;
        if (id == EndOfSentenceId)
            return EndOfSentenceToken;
        return id == UnknownId ? UnknownToken : SpecialTokens?.FirstOrDefault(token => token.Value == id).Key;
    }
}
