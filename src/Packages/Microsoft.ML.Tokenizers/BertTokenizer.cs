namespace Microsoft.ML.Tokenizers;

/// <summary>WordPiece with BERT's cleaning and its special tokens around every text.</summary>
public sealed class BertTokenizer : WordPieceTokenizer
{
    private BertTokenizer(WordPieceVocabulary vocabulary, BertOptions options)
        : base(vocabulary, options)
    {
        LowerCaseBeforeTokenization = options.LowerCaseBeforeTokenization;
        ApplyBasicTokenization = options.ApplyBasicTokenization;
        SplitOnSpecialTokens = options.SplitOnSpecialTokens;
        IndividuallyTokenizeCjk = options.IndividuallyTokenizeCjk;
        RemoveNonSpacingMarks = options.RemoveNonSpacingMarks;
        SeparatorToken = options.SeparatorToken;
        SeparatorTokenId = IdOf(vocabulary, options.SeparatorToken);
        PaddingToken = options.PaddingToken;
        PaddingTokenId = IdOf(vocabulary, options.PaddingToken);
        ClassificationToken = options.ClassificationToken;
        ClassificationTokenId = IdOf(vocabulary, options.ClassificationToken);
        MaskingToken = options.MaskingToken;
        MaskingTokenId = IdOf(vocabulary, options.MaskingToken);
    }

    public bool LowerCaseBeforeTokenization { get; }

    public bool ApplyBasicTokenization { get; }

    public bool SplitOnSpecialTokens { get; }

    public string SeparatorToken { get; }

    public int SeparatorTokenId { get; }

    public string PaddingToken { get; }

    public int PaddingTokenId { get; }

    public string ClassificationToken { get; }

    public int ClassificationTokenId { get; }

    public string MaskingToken { get; }

    public int MaskingTokenId { get; }

    public bool IndividuallyTokenizeCjk { get; }

    public bool RemoveNonSpacingMarks { get; }

    public static BertTokenizer Create(string vocabFilePath, BertOptions? options = null)
    {
        using var stream = WordPieceVocabulary.Open(vocabFilePath);
        return Create(stream, options);
    }

    public static BertTokenizer Create(Stream vocabStream, BertOptions? options = null)
    {
        var vocabulary = WordPieceVocabulary.Read(vocabStream);
        options ??= new();
        var lowerCase = options.ApplyBasicTokenization && options.LowerCaseBeforeTokenization;
        if (options.ApplyBasicTokenization)
            options.Normalizer ??= new BertNormalizer(
                options.LowerCaseBeforeTokenization, options.IndividuallyTokenizeCjk, options.RemoveNonSpacingMarks);
        Dictionary<string, int>? found = null;
        if (options.SplitOnSpecialTokens)
        {
            options.SpecialTokens ??= new[]
                { options.UnknownToken, options.SeparatorToken, options.PaddingToken, options.ClassificationToken, options.MaskingToken }
                .Distinct().ToDictionary(token => token, token => IdOf(vocabulary, token));
            found = options.SpecialTokens.ToDictionary(
                token => lowerCase ? token.Key.ToLowerInvariant() : token.Key, token => IdOf(vocabulary, token.Key));
            // The text is in lower case when special tokens are looked for.
            foreach (var (token, id) in found)
                vocabulary.AddAlias(token, id);
        }
        options.PreTokenizer ??= options.ApplyBasicTokenization
            ? PreTokenizer.CreateWordOrPunctuation(found)
            : PreTokenizer.CreateWhiteSpace();
        return new(vocabulary, options);
    }

    /// <summary>With <c>[CLS]</c> in front and <c>[SEP]</c> behind; the method of the base class that this one hides adds neither.</summary>
    public new IReadOnlyList<int> EncodeToIds(string text, bool considerPreTokenization = true, bool considerNormalization = true) =>
        EncodeToIds(text, addSpecialTokens: true, considerPreTokenization, considerNormalization);

    public new IReadOnlyList<int> EncodeToIds(
        ReadOnlySpan<char> text, bool considerPreTokenization = true, bool considerNormalization = true) =>
        EncodeToIds(text.ToString(), addSpecialTokens: true, considerPreTokenization, considerNormalization);

    public IReadOnlyList<int> EncodeToIds(
        string text, bool addSpecialTokens, bool considerPreTokenization = true, bool considerNormalization = true)
    {
        var ids = base.EncodeToIds(text, considerPreTokenization, considerNormalization);
        return addSpecialTokens ? BuildInputsWithSpecialTokens(ids) : ids;
    }

    public IReadOnlyList<int> EncodeToIds(
        ReadOnlySpan<char> text, bool addSpecialTokens, bool considerPreTokenization = true, bool considerNormalization = true) =>
        EncodeToIds(text.ToString(), addSpecialTokens, considerPreTokenization, considerNormalization);

    /// <param name="maxTokenCount">The special tokens count.</param>
    public new IReadOnlyList<int> EncodeToIds(
        string text, int maxTokenCount, out string? normalizedText, out int charsConsumed,
        bool considerPreTokenization = true, bool considerNormalization = true) =>
        EncodeToIds(
            text, maxTokenCount, addSpecialTokens: true, out normalizedText, out charsConsumed, considerPreTokenization, considerNormalization);

    public IReadOnlyList<int> EncodeToIds(
        string text, int maxTokenCount, bool addSpecialTokens, out string? normalizedText, out int charsConsumed,
        bool considerPreTokenization = true, bool considerNormalization = true)
    {
        if (!addSpecialTokens)
            return base.EncodeToIds(
                text, maxTokenCount, out normalizedText, out charsConsumed, considerPreTokenization, considerNormalization);
        if (maxTokenCount < 2)
        {
            (normalizedText, charsConsumed) = (null, 0);
            return [];
        }
        return BuildInputsWithSpecialTokens(base.EncodeToIds(
            text, maxTokenCount - 2, out normalizedText, out charsConsumed, considerPreTokenization, considerNormalization));
    }

    public IReadOnlyList<int> BuildInputsWithSpecialTokens(IEnumerable<int> tokenIds, IEnumerable<int>? additionalTokenIds = null)
    {
        ArgumentNullException.ThrowIfNull(tokenIds);
        List<int> ids = [ClassificationTokenId, .. tokenIds, SeparatorTokenId];
        if (additionalTokenIds is not null)
            ids.AddRange([.. additionalTokenIds, SeparatorTokenId]);
        return ids;
    }

    /// <summary>1 for special tokens, 0 for others.</summary>
    public IReadOnlyList<int> GetSpecialTokensMask(
        IEnumerable<int> tokenIds, IEnumerable<int>? additionalTokenIds = null, bool alreadyHasSpecialTokens = false)
    {
        ArgumentNullException.ThrowIfNull(tokenIds);
        if (alreadyHasSpecialTokens)
            return [.. tokenIds.Concat(additionalTokenIds ?? []).Select(id => IsSpecial(id) ? 1 : 0)];
        List<int> mask = [1, .. tokenIds.Select(_ => 0), 1];
        if (additionalTokenIds is not null)
            mask.AddRange([.. additionalTokenIds.Select(_ => 0), 1]);
        return mask;
    }

    /// <summary>0 for the first text with its special tokens, 1 for the second.</summary>
    public IReadOnlyList<int> CreateTokenTypeIdsFromSequences(IEnumerable<int> tokenIds, IEnumerable<int>? additionalTokenIds = null)
    {
        ArgumentNullException.ThrowIfNull(tokenIds);
        List<int> types = [0, .. tokenIds.Select(_ => 0), 0];
        if (additionalTokenIds is not null)
            types.AddRange([.. additionalTokenIds.Select(_ => 1), 1]);
        return types;
    }

    private bool IsSpecial(int id) =>
        id == ClassificationTokenId || id == SeparatorTokenId || id == PaddingTokenId || id == MaskingTokenId || id == UnknownTokenId;

    private static int IdOf(WordPieceVocabulary vocabulary, string token) => vocabulary.TryGetId(token, out var id)
        ? id
        : throw new ArgumentException($"The special token '{token}' is not in the vocabulary.");
}
