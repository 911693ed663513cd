using System.Text.Json;
using System.Text.Json.Nodes;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Text.Tokenizers;

/// <summary>The tokenizer that lies in the folder of a published model.</summary>
/// <param name="Step">For the encoding chain of what it tokenizes.</param>
public sealed record PublishedTokenizer(ITokenizer Tokenizer, EncodingStep Step)
{
    private const string VocabularyName = "vocab.txt", PiecesName = "sentencepiece.bpe.model", JsonName = "tokenizer.json",
        BytePairsName = "vocab.json", MergesName = "merges.txt", SettingsName = "tokenizer_config.json";

    /// <summary>Those that are looked for, in words.</summary>
    public const string FileNames = $"{VocabularyName}, {PiecesName}, {BytePairsName} with {MergesName}, or {JsonName}";

    private static readonly string[][] Kinds = [[VocabularyName], [PiecesName], [BytePairsName, MergesName], [JsonName]];

    /// <summary>The files of these that are read; null: there is no tokenizer.</summary>
    public static IReadOnlyList<string>? FilesAmong(IReadOnlyCollection<string> names) =>
        Kinds.FirstOrDefault(kind => kind.All(names.Contains)) is not { } found ? null
        : HasSettings(names) ? [.. found, SettingsName]
        : found;

    /// <summary>Whether the file is among these that says what a vocabulary does not, e.g. whether capitals count.</summary>
    public static bool HasSettings(IReadOnlyCollection<string> names) => names.Contains(SettingsName);

    /// <exception cref="StageException">There is none, or one of a kind that is not read.</exception>
    public static PublishedTokenizer Read(string folder)
    {
        var (vocabulary, pieces, json) =
            (Path.Combine(folder, VocabularyName), Path.Combine(folder, PiecesName), Path.Combine(folder, JsonName));
        if (File.Exists(vocabulary))
            return WordPiece(File.ReadAllLines(vocabulary), Object(Path.Combine(folder, SettingsName)), "do_lower_case", vocabulary);
        if (File.Exists(pieces))
            return SentencePiece(pieces);
        if (File.Exists(Path.Combine(folder, BytePairsName)) && File.Exists(Path.Combine(folder, MergesName)))
            return BytePairs(Path.Combine(folder, BytePairsName), Path.Combine(folder, MergesName));
        if (File.Exists(json))
            return FromJson(json);
        throw new StageException($"There is no tokenizer in '{folder}'.")
        {
            Help = $"Looked for {FileNames}.",
        };
    }

    /// <exception cref="StageException">It is no vocabulary of BERT.</exception>
    public static PublishedTokenizer WordPiece(IReadOnlyList<string> vocabulary, bool lower, bool stripAccents, string source)
    {
        try
        {
            var tokenizer = WordPieceTokenizer.Of(vocabulary, lower, stripAccents);
            return new(tokenizer, new(WordPieceTokenizer.Kind, tokenizer.ToSettings()));
        }
        catch (ArgumentException error)
        {
            throw new StageException($"'{source}' is no vocabulary of BERT: {error.Message}");
        }
    }

    // Models are published with capitals and accents gone unless their settings say otherwise.
    private static PublishedTokenizer WordPiece(IReadOnlyList<string> vocabulary, JsonObject settings, string lowerName, string source)
    {
        var lower = (bool?)settings[lowerName] ?? true;
        return WordPiece(vocabulary, lower, (bool?)settings["strip_accents"] ?? lower, source);
    }

    private static PublishedTokenizer SentencePiece(string path)
    {
        try
        {
            var tokenizer = SentencePieceTokenizer.Of(File.ReadAllBytes(path), SentencePieceLayout.Camembert);
            return new(tokenizer, new(SentencePieceTokenizer.Kind, tokenizer.ToSettings()));
        }
        // The package meets files of other kinds in many ways; only exhausted memory is something else.
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            throw new StageException($"'{path}' is not a SentencePiece unigram model: {error.Message}");
        }
    }

    private static PublishedTokenizer BytePairs(string vocabulary, string merges)
    {
        try
        {
            // The first line of the merges is the version of their format.
            var lines = File.ReadLines(merges).Where(line => line.Length > 0 && !line.StartsWith("#version", StringComparison.Ordinal));
            var tokenizer = BytePairTokenizer.Of(ById(Object(vocabulary)), [.. lines]);
            return new(tokenizer, new(BytePairTokenizer.Kind, tokenizer.ToSettings()));
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or FormatException)
        {
            throw new StageException($"'{vocabulary}' and {MergesName} are no byte pairs of RoBERTa: {error.Message}");
        }
    }

    private static List<string> ById(JsonObject vocabulary) =>
        [.. vocabulary.OrderBy(word => (int)word.Value!).Select(word => word.Key)];

    private static PublishedTokenizer FromJson(string path)
    {
        var tokenizer = Object(path);
        var type = (string?)tokenizer["model"]?["type"];
        if (type != "WordPiece" || tokenizer["model"]!["vocab"] is not JsonObject vocabulary)
            throw new StageException($"'{path}' has a tokenizer of the type {type ?? "nothing"}, not WordPiece.")
            {
                Help = $"Put the {PiecesName} of the model beside it.",
            };
        return WordPiece(ById(vocabulary), tokenizer["normalizer"] as JsonObject ?? [], "lowercase", path);
    }

    private static JsonObject Object(string path)
    {
        if (!File.Exists(path))
            return [];
        try
        {
            return JsonNode.Parse(File.ReadAllBytes(path)) as JsonObject ?? throw new StageException($"'{path}' is no JSON object.");
        }
        catch (JsonException error)
        {
            throw new StageException($"'{path}' cannot be read: {error.Message}");
        }
    }
}
