using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Microsoft.ML.Tokenizers;

/// <summary>Byte-pair encoding over characters: the earliest learnt pair of neighbours is joined first, until no pair is known.</summary>
public sealed class BpeTokenizer : Tokenizer
{
    private readonly Dictionary<string, int> _ids;
    private readonly Dictionary<int, string> _tokens;
    private readonly Dictionary<(int, int), (int Rank, int Id)> _merges = [];
    private readonly Dictionary<int, string>? _specialById;

    private BpeTokenizer(BpeOptions options)
    {
        _ids = options.Vocabulary.ToDictionary(StringComparer.Ordinal);
        _tokens = _ids.ToDictionary(token => token.Value, token => token.Key);
        _specialById = options.SpecialTokens?.ToDictionary(token => token.Value, token => token.Key);
        SpecialTokens = options.SpecialTokens;
        UnknownToken = options.UnknownToken;
        FuseUnknownTokens = options.FuseUnknownTokens;
        ContinuingSubwordPrefix = options.ContinuingSubwordPrefix;
        EndOfWordSuffix = options.EndOfWordSuffix;
        Normalizer = options.Normalizer;
        PreTokenizer = options.PreTokenizer ?? PreTokenizer.CreateWordOrNonWord();
        foreach (var (rank, merge) in (options.Merges ?? []).Index())
            AddMerge(merge, rank);
    }

    public override PreTokenizer? PreTokenizer { get; }

    public override Normalizer? Normalizer { get; }

    public IReadOnlyDictionary<string, int> Vocabulary => _ids;

    public IReadOnlyDictionary<string, int>? SpecialTokens { get; }

    public string? UnknownToken { get; }

    public bool FuseUnknownTokens { get; }

    public string? ContinuingSubwordPrefix { get; }

    public string? EndOfWordSuffix { get; }

    public static BpeTokenizer Create(BpeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new(options);
    }

    /// <param name="vocabStream">A JSON object of tokens and ids.</param>
    /// <param name="mergesStream">A pair a line; <c>#version</c> lines are skipped.</param>
    public static BpeTokenizer Create(Stream vocabStream, Stream? mergesStream)
    {
        ArgumentNullException.ThrowIfNull(vocabStream);
        var vocabulary = JsonSerializer.Deserialize<Dictionary<string, int>>(vocabStream)!;
        if (mergesStream is null)
            return new(new(vocabulary));
        using var reader = new StreamReader(mergesStream, leaveOpen: true);
        var merges = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => !line.StartsWith("#version", StringComparison.Ordinal));
        return new(new(vocabulary) { Merges = merges });
    }

    public override string Decode(IEnumerable<int> ids) => Decode(ids, considerSpecialTokens: true);

    public string Decode(IEnumerable<int> ids, bool considerSpecialTokens)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var text = new StringBuilder();
        foreach (var id in ids)
        {
            var special = _specialById?.GetValueOrDefault(id) ?? (UnknownToken is not null && id == UnknownId ? UnknownToken : null);
            if (special is null || considerSpecialTokens)
                text.Append(special ?? _tokens.GetValueOrDefault(id));
        }
        if (EndOfWordSuffix is { Length: > 0 } suffix)
        {
            if (text.ToString().EndsWith(suffix, StringComparison.Ordinal))
                text.Length -= suffix.Length;
            text.Replace(suffix, " ");
        }
        if (ContinuingSubwordPrefix is { Length: > 0 } prefix)
            text.Replace(prefix, "");
        return text.ToString();
    }

    public override OperationStatus Decode(IEnumerable<int> ids, Span<char> destination, out int idsConsumed, out int charsWritten)
    {
        var list = ids.ToList();
        return CopyDecoded(Decode(list), list.Count, destination, out idsConsumed, out charsWritten);
    }

    protected override EncodeResults<EncodedToken> EncodeToTokens(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings)
    {
        if (string.IsNullOrEmpty(text) && textSpan.IsEmpty)
            return new() { Tokens = [] };
        var prepared = PreparedText.Of(text ?? textSpan.ToString(), settings, Normalizer, PreTokenizer);
        var tokens = new List<EncodedToken>();
        foreach (var (offset, length) in prepared.Pieces)
        {
            var word = prepared.Text.Substring(offset, length);
            if (SpecialTokens?.TryGetValue(word, out var special) == true)
                tokens.Add(new(special, word, offset..(offset + length)));
            else
                AddWord(word, offset, tokens);
        }
        return new()
        {
            Tokens = [.. tokens.Take(settings.MaxTokenCount)],
            NormalizedText = prepared.Normalized,
            CharsConsumed = prepared.Text.Length,
        };
    }

    private int UnknownId => _ids.TryGetValue(UnknownToken!, out var id)
        ? id
        : throw new InvalidOperationException("Unknown Token Out Of Vocabulary.");

    private void AddWord(string word, int offset, List<EncodedToken> tokens)
    {
        var symbols = Symbols(word);
        while (Next(symbols) is { Index: >= 0 } merge)
        {
            symbols[merge.Index] = (merge.Id, symbols[merge.Index].Length + symbols[merge.Index + 1].Length);
            symbols.RemoveAt(merge.Index + 1);
        }
        foreach (var (id, length) in symbols)
        {
            tokens.Add(new(id, _tokens[id], offset..(offset + length)));
            offset += length;
        }
    }

    /// <summary>The characters of a word as tokens; without an unknown token, unknown characters are left out.</summary>
    private List<(int Id, int Length)> Symbols(string word)
    {
        var symbols = new List<(int Id, int Length)>();
        var afterUnknown = false;
        var position = 0;
        foreach (var rune in word.EnumerateRunes())
        {
            var prefix = position > 0 ? ContinuingSubwordPrefix : null;
            var suffix = position + rune.Utf16SequenceLength == word.Length ? EndOfWordSuffix : null;
            position += rune.Utf16SequenceLength;
            var isKnown = _ids.TryGetValue($"{prefix}{rune}{suffix}", out var id);
            if (!isKnown && UnknownToken is null)
                continue;
            if (!isKnown && afterUnknown && FuseUnknownTokens)
                symbols[^1] = (symbols[^1].Id, symbols[^1].Length + rune.Utf16SequenceLength);
            else
                symbols.Add((isKnown ? id : UnknownId, rune.Utf16SequenceLength));
            afterUnknown = !isKnown;
        }
        return symbols;
    }

    private (int Index, int Id) Next(List<(int Id, int Length)> symbols)
    {
        var best = (Index: -1, Id: 0);
        var bestRank = int.MaxValue;
        for (var i = 0; i + 1 < symbols.Count; i++)
            if (_merges.TryGetValue((symbols[i].Id, symbols[i + 1].Id), out var merge) && merge.Rank < bestRank)
            {
                best = (i, merge.Id);
                bestRank = merge.Rank;
            }
        return best;
    }

    private void AddMerge(string merge, int rank)
    {
        var parts = merge.Split(' ');
        if (parts.Length != 2)
            throw new InvalidOperationException("Invalid merger file format");
        var joined = parts[0] + parts[1][(ContinuingSubwordPrefix?.Length ?? 0)..];
        foreach (var token in (string[])[.. parts, joined])
            if (!_ids.ContainsKey(token))
                throw new InvalidOperationException($"Trying to merge a token '{token}' which not exist in the vocabulary.");
        _merges.Add((_ids[parts[0]], _ids[parts[1]]), (rank, _ids[joined]));
    }
}
