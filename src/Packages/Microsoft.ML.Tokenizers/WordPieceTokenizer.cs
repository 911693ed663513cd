using System.Buffers;
using System.Text;

namespace Microsoft.ML.Tokenizers;

/// <summary>Cuts every word into the longest pieces of a vocabulary, from left to right; a word that cannot be cut is unknown.</summary>
public class WordPieceTokenizer : Tokenizer
{
    private readonly WordPieceVocabulary _vocabulary;
    private readonly HashSet<int>? _specialIds;

    internal WordPieceTokenizer(WordPieceVocabulary vocabulary, WordPieceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options.UnknownToken);
        ArgumentNullException.ThrowIfNull(options.ContinuingSubwordPrefix);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxInputCharsPerWord);
        if (!vocabulary.TryGetId(options.UnknownToken, out var unknownId))
            throw new ArgumentException($"The unknown token '{options.UnknownToken}' is not in the vocabulary.");
        _vocabulary = vocabulary;
        _specialIds = options.SpecialTokens?.Values.ToHashSet();
        SpecialTokens = options.SpecialTokens;
        UnknownToken = options.UnknownToken;
        UnknownTokenId = unknownId;
        ContinuingSubwordPrefix = options.ContinuingSubwordPrefix;
        MaxInputCharsPerWord = options.MaxInputCharsPerWord;
        Normalizer = options.Normalizer;
        PreTokenizer = options.PreTokenizer ?? PreTokenizer.CreateWhiteSpace(options.SpecialTokens);
    }

    public override PreTokenizer? PreTokenizer { get; }

    public override Normalizer? Normalizer { get; }

    public string UnknownToken { get; }

    public int UnknownTokenId { get; }

    public string ContinuingSubwordPrefix { get; }

    public int MaxInputCharsPerWord { get; }

    public IReadOnlyDictionary<string, int>? SpecialTokens { get; }

    public static WordPieceTokenizer Create(string vocabFilePath, WordPieceOptions? options = null)
    {
        using var stream = WordPieceVocabulary.Open(vocabFilePath);
        return Create(stream, options);
    }

    public static WordPieceTokenizer Create(Stream vocabStream, WordPieceOptions? options = null) =>
        new(WordPieceVocabulary.Read(vocabStream), options ?? new());

    public override string Decode(IEnumerable<int> ids) => Decode(ids, skipSpecialTokens: false);

    /// <summary>Pieces joined to words, words by spaces; <c>. , ! ? '</c> follow without one.</summary>
    public string Decode(IEnumerable<int> ids, bool skipSpecialTokens)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var text = new StringBuilder();
        var first = true;
        foreach (var id in ids)
        {
            if (skipSpecialTokens && _specialIds?.Contains(id) == true)
                continue;
            if (_vocabulary.TryGetToken(id, out var token))
            {
                var continues = token.StartsWith(ContinuingSubwordPrefix, StringComparison.Ordinal);
                if (!first && !continues && token[0] is not ('.' or ',' or '!' or '?' or '\''))
                    text.Append(' ');
                text.Append(continues ? token.AsSpan(ContinuingSubwordPrefix.Length) : token);
            }
            first = false;
        }
        return text.ToString();
    }

    public override OperationStatus Decode(IEnumerable<int> ids, Span<char> destination, out int idsConsumed, out int charsWritten)
    {
        var list = ids.ToList();
        return CopyDecoded(Decode(list, skipSpecialTokens: false), list.Count, destination, out idsConsumed, out charsWritten);
    }

    protected override EncodeResults<EncodedToken> EncodeToTokens(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings)
    {
        if (string.IsNullOrEmpty(text) && textSpan.IsEmpty)
            return new() { Tokens = [] };
        var prepared = PreparedText.Of(text ?? textSpan.ToString(), settings, Normalizer, PreTokenizer);
        var tokens = new List<EncodedToken>();
        foreach (var (offset, length) in prepared.Pieces)
            AddPieces(prepared.Text.AsSpan(offset, length), offset, tokens);
        return new() { Tokens = tokens, NormalizedText = prepared.Normalized, CharsConsumed = prepared.Text.Length };
    }

    // A word whose pieces do not all fit is left out as a whole, and the last word that fills the count is not counted as consumed.
    protected override EncodeResults<int> EncodeToIds(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings)
    {
        if (settings.MaxTokenCount <= 0)
            throw new ArgumentOutOfRangeException(nameof(settings), "The maximum number of tokens must be greater than zero.");
        if (string.IsNullOrEmpty(text) && textSpan.IsEmpty)
            return new() { Tokens = [] };
        var prepared = PreparedText.Of(text ?? textSpan.ToString(), settings, Normalizer, PreTokenizer);
        var ids = new List<int>();
        var pieces = new List<EncodedToken>();
        var consumed = 0;
        foreach (var (offset, length) in prepared.Pieces)
        {
            pieces.Clear();
            AddPieces(prepared.Text.AsSpan(offset, length), offset, pieces);
            if (pieces.Count > settings.MaxTokenCount - ids.Count)
                break;
            ids.AddRange(pieces.Select(piece => piece.Id));
            if (ids.Count >= settings.MaxTokenCount)
                break;
            consumed = offset + length;
        }
        return new() { Tokens = ids, NormalizedText = prepared.Normalized, CharsConsumed = consumed };
    }

    private void AddPieces(ReadOnlySpan<char> word, int offset, List<EncodedToken> tokens)
    {
        var before = tokens.Count;
        var start = 0;
        if (word.Length <= MaxInputCharsPerWord)
        {
            Span<char> buffer = new char[ContinuingSubwordPrefix.Length + word.Length];
            ContinuingSubwordPrefix.CopyTo(buffer);
            while (start < word.Length && LongestPiece(word, start, buffer, out var id) is var end && end > start)
            {
                tokens.Add(new(id, _vocabulary[id], (offset + start)..(offset + end)));
                start = end;
            }
        }
        if (start == word.Length)
            return;
        tokens.RemoveRange(before, tokens.Count - before);
        tokens.Add(new(UnknownTokenId, UnknownToken, offset..(offset + word.Length)));
    }

    /// <summary>The end of the longest piece that begins at <paramref name="start"/>, or start when there is none.</summary>
    private int LongestPiece(ReadOnlySpan<char> word, int start, Span<char> buffer, out int id)
    {
        for (var end = word.Length; end > start; end--)
        {
            var piece = word[start..end];
            if (start > 0)
            {
                piece.CopyTo(buffer[ContinuingSubwordPrefix.Length..]);
                piece = buffer[..(ContinuingSubwordPrefix.Length + piece.Length)];
            }
            if (_vocabulary.TryGetId(piece, out id))
                return end;
        }
        id = UnknownTokenId;
        return start;
    }
}
