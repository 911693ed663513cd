using System.Text.Json;
using System.Text.Json.Nodes;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Tables.Files;

namespace Pipelines.Stages.Text.Tokenizers;

/// <summary>The tokenizer that lies in the folder of a published model.</summary>
/// <param name="Step">For the encoding chain of what it tokenizes.</param>
public sealed record PublishedTokenizer(ITokenizer Tokenizer, EncodingStep Step)
{
    private const string VocabularyName = "vocab.txt", PiecesName = "sentencepiece.bpe.model", JsonName = "tokenizer.json",
        BytePairsName = "vocab.json", MergesName = "merges.txt", SettingsName = "tokenizer_config.json";

    private const int MaxShown = 40;

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
            return WordPiece([.. TextFile.Lines(vocabulary)], Object(Path.Combine(folder, SettingsName)), "do_lower_case", vocabulary);
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

    /// <summary>Writes the files of a tokenizer as Hugging Face's libraries read them.</summary>
    /// <param name="family">The type of the network, which names the class that reads it.</param>
    /// <param name="maxTokens">The longest text, special tokens included.</param>
    public static void Write(string folder, EncodingStep step, string family, int maxTokens)
    {
        JsonObject settings = new() { ["model_max_length"] = maxTokens };
        switch (step.Kind)
        {
            case WordPieceTokenizer.Kind:
                var pieces = WordPieceTokenizer.From(step.Settings);
                WriteLines(folder, VocabularyName, pieces.Vocabulary);
                (settings["tokenizer_class"], settings["do_lower_case"], settings["strip_accents"]) =
                    (family == "distilbert" ? "DistilBertTokenizer" : "BertTokenizer", pieces.Normalization.Lower,
                        pieces.Normalization.StripAccents);
                foreach (var (name, token) in new[]
                {
                    ("unk", "[UNK]"), ("sep", "[SEP]"), ("pad", "[PAD]"), ("cls", "[CLS]"), ("mask", "[MASK]"),
                })
                    settings[$"{name}_token"] = token;
                break;
            case SentencePieceTokenizer.Kind:
                File.WriteAllBytes(Path.Combine(folder, PiecesName), SentencePieceTokenizer.From(step.Settings).Content);
                settings["tokenizer_class"] = "CamembertTokenizer";
                break;
            case BytePairTokenizer.Kind:
                var pairs = BytePairTokenizer.From(step.Settings);
                JsonObject ids = [.. pairs.Vocabulary.Select((piece, id) => KeyValuePair.Create(piece, (JsonNode?)id))];
                File.WriteAllBytes(Path.Combine(folder, BytePairsName), JsonSerializer.SerializeToUtf8Bytes(ids, Json.Plain));
                WriteLines(folder, MergesName, ["#version: 0.2", .. pairs.Merges]);
                settings["tokenizer_class"] = "RobertaTokenizer";
                break;
            default:
                throw new StageException($"'{step.Kind}' is no tokenizer that Hugging Face's libraries know.");
        }
        File.WriteAllBytes(Path.Combine(folder, SettingsName), JsonSerializer.SerializeToUtf8Bytes(settings, Json.Indented));
    }

    private static void WriteLines(string folder, string name, IEnumerable<string> lines) =>
        File.WriteAllText(Path.Combine(folder, name), string.Concat(lines.Select(line => line + "\n")));

    // Models are published with capitals and accents gone unless their settings say otherwise.
    private static PublishedTokenizer WordPiece(IReadOnlyList<string> vocabulary, JsonObject settings, string lowerName, string source)
    {
        var lower = Switch(settings, lowerName, source) ?? true;
        return WordPiece(vocabulary, lower, Switch(settings, "strip_accents", source) ?? lower, source);
    }

    private static bool? Switch(JsonObject settings, string name, string source) => settings[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<bool>(out var isOn) => isOn,
        _ => throw new StageException($"'{source}': {name} is neither true nor false."),
    };

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
            var lines = TextFile.Lines(merges).Where(line => line.Length > 0 && !line.StartsWith("#version", StringComparison.Ordinal));
            var tokenizer = BytePairTokenizer.Of(ById(Object(vocabulary), vocabulary), [.. lines]);
            return new(tokenizer, new(BytePairTokenizer.Kind, tokenizer.ToSettings()));
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            throw new StageException($"'{vocabulary}' and {MergesName} are no byte pairs of RoBERTa: {error.Message}");
        }
    }

    private static string[] ById(JsonObject vocabulary, string source)
    {
        var words = new string[vocabulary.Count];
        foreach (var (word, value) in vocabulary)
            if (value is JsonValue number && number.TryGetValue<int>(out var id) && id >= 0 && id < words.Length && words[id] is null)
                words[id] = word;
            else
                throw new StageException($"'{source}' does not number its {words.Length} tokens from 0 on: '{word}' has {Shown(value)}.")
                {
                    Help = "A token is missing, or has the number of another one; get the file again.",
                };
        return words;
    }

    private static string Shown(JsonNode? value) => value?.ToJsonString(Json.Plain) is { } text
        ? text.Length <= MaxShown ? text : $"{text[..MaxShown]}…"
        : "nothing";

    private static PublishedTokenizer FromJson(string path)
    {
        var tokenizer = Object(path);
        var model = tokenizer["model"] as JsonObject;
        if (model?["type"]?.ToJsonString() != "\"WordPiece\"" || model["vocab"] is not JsonObject vocabulary)
            throw new StageException($"'{path}' has a tokenizer of the type {Shown(model?["type"])}, not WordPiece.")
            {
                Help = $"Put the {PiecesName} of the model beside it.",
            };
        return WordPiece(ById(vocabulary, path), tokenizer["normalizer"] as JsonObject ?? [], "lowercase", path);
    }

    private static JsonObject Object(string path)
    {
        if (!File.Exists(path))
            return [];
        try
        {
            return StrictJson.Object(File.ReadAllBytes(path));
        }
        catch (JsonException error)
        {
            throw new StageException($"'{path}' cannot be read: {error.Message}");
        }
    }
}
