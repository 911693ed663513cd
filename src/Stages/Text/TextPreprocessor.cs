using System.Text.Json.Nodes;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Text.Cleaning;
using Pipelines.Stages.Text.Lemmas;
using Pipelines.Stages.Text.Tokenizers;
using Pipelines.Stages.Text.Unicode;

namespace Pipelines.Stages.Text;

/// <summary>
/// From raw text to the ids a model was trained on, and back: the steps of an <see cref="EncodingChain"/> made alive again. Stages and
/// predictions use the same steps, so a text gets the same ids in a table and at the prompt.
/// </summary>
public sealed class TextPreprocessor
{
    private static readonly Dictionary<string, Func<JsonObject, ITextStep>> TextSteps = new(StringComparer.Ordinal)
    {
        [TextCleaner.Kind] = TextCleaner.From,
        [Lemmatizer.Kind] = Lemmatizer.From,
    };

    private static readonly Dictionary<string, Func<JsonObject, ITokenizer>> Tokenizers = new(StringComparer.Ordinal)
    {
        [WordTokenizer.Kind] = WordTokenizer.From,
        [CharacterTokenizer.Kind] = CharacterTokenizer.From,
        [WordPieceTokenizer.Kind] = WordPieceTokenizer.From,
        [SentencePieceTokenizer.Kind] = SentencePieceTokenizer.From,
        [BytePairTokenizer.Kind] = BytePairTokenizer.From,
    };

    private readonly IReadOnlyList<ITextStep> _steps;
    private readonly ITokenizer? _tokenizer;
    private readonly Truncation? _truncation;

    private TextPreprocessor(IReadOnlyList<ITextStep> steps, ITokenizer? tokenizer, Truncation? truncation, Padding? padding)
    {
        _steps = steps;
        _tokenizer = tokenizer;
        _truncation = truncation;
        Padding = padding;
    }

    /// <summary>Null when the rows were not padded.</summary>
    public Padding? Padding { get; }

    public bool HasTokenizer => _tokenizer is not null;

    /// <exception cref="StageException">The rows were not tokenized.</exception>
    public ITokenizer Tokenizer => _tokenizer ?? throw new StageException("These rows are not tokenized.")
    {
        Help = "Put a stage such as tokenize/words before this one.",
    };

    public int VocabularySize => Tokenizer.Vocabulary.Count;

    /// <summary>The id that stands for nothing: as padded, where that is an id of the vocabulary, else as the tokenizer has it.</summary>
    public int PadId => Padding is { } padding && IsInVocabulary(padding.Value) ? padding.Value : Tokenizer.PadId;

    /// <summary>Whether a network has a vector for an id.</summary>
    public bool IsInVocabulary(int id) => id >= 0 && id < VocabularySize;

    /// <summary>The encoder of a table or a model; steps that encode labels are none of its business.</summary>
    public static TextPreprocessor From(EncodingChain chain)
    {
        var texts = chain.Steps.Where(step => TextSteps.ContainsKey(step.Kind));
        var tokenizer = TokenizerOf(chain);
        var (truncation, padding) = (chain.Find(Truncation.Kind), chain.Find(Padding.Kind));
        return new(
            [.. texts.Select(step => TextSteps[step.Kind](step.Settings))],
            tokenizer is null ? null : Tokenizers[tokenizer.Kind](tokenizer.Settings),
            truncation is null ? null : Truncation.From(truncation.Settings),
            padding is null ? null : Padding.From(padding.Settings));
    }

    /// <summary>The step that cuts texts into tokens; null: there is none.</summary>
    public static EncodingStep? TokenizerOf(EncodingChain chain) =>
        chain.Steps.LastOrDefault(step => Tokenizers.ContainsKey(step.Kind));

    /// <summary>The cleaned, lemmatized text that gets tokenized; composed first, as texts are when they are loaded.</summary>
    public string Prepare(string raw) => _steps.Aggregate(Normalization.Nfc(raw), (text, step) => step.Apply(text));

    public EncodedText Encode(string raw)
    {
        var text = Prepare(raw);
        var all = Tokenizer.Tokens(text);
        var tokens = _truncation is null ? all : Without(all, _truncation.Cut);
        var ids = new int[tokens.Count];
        for (var i = 0; i < ids.Length; i++)
            ids[i] = tokens[i].Id;
        if (Padding is null)
            return new(raw, text, tokens, ids, 0) { Removed = all.Count - tokens.Count };

        var padded = new int[Padding.Length];
        var (start, _) = Padding.Apply(ids, padded, Tokenizer.Specials);
        var kept = Without(tokens, Padding.Cut);
        return new(raw, text, kept, padded, start) { Removed = all.Count - kept.Count };
    }

    private IReadOnlyList<Token> Without(IReadOnlyList<Token> tokens, Func<int, (int, int), (int Start, int Length)> cut) =>
        cut(tokens.Count, Tokenizer.Specials) is { Length: > 0 } run
            ? [.. tokens.Take(run.Start), .. tokens.Skip(run.Start + run.Length)]
            : tokens;

    /// <summary>A readable text for ids, without padding.</summary>
    public string Decode(ReadOnlySpan<int> ids) => Tokenizer.Decode(ids);
}
