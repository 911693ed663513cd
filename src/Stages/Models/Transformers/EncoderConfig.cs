using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Models.Transformers;

/// <summary>The <c>config.json</c> of a published encoder, by the names that BERT's has.</summary>
/// <param name="HasPooler">Whether there are weights of the layer that pools the first token; the file does not say it.</param>
internal sealed record EncoderConfig(
    string ModelType, int VocabSize, int HiddenSize, int NumHiddenLayers, int NumAttentionHeads, int IntermediateSize,
    int MaxPositionEmbeddings, int TypeVocabSize = 2, double LayerNormEps = 1e-12, string HiddenAct = "gelu",
    double HiddenDropoutProb = 0.1, double AttentionProbsDropoutProb = 0.1, int PadTokenId = 0,
    string PositionEmbeddingType = "absolute", bool HasPooler = true)
{
    public const string FileName = "config.json";

    public const string Bert = "bert", DistilBert = "distilbert", Roberta = "roberta", Camembert = "camembert";

    /// <summary>What the file of a DistilBERT calls what that of a BERT has under another name.</summary>
    private static readonly Dictionary<string, string> DistilBertNames = new(StringComparer.Ordinal)
    {
        ["dim"] = "hidden_size",
        ["n_layers"] = "num_hidden_layers",
        ["n_heads"] = "num_attention_heads",
        ["hidden_dim"] = "intermediate_size",
        ["dropout"] = "hidden_dropout_prob",
        ["attention_dropout"] = "attention_probs_dropout_prob",
        ["activation"] = "hidden_act",
    };

    /// <summary>The position of the first token: those before it belong to padding in the models of RoBERTa's family.</summary>
    [JsonIgnore]
    public int FirstPosition => ModelType is Roberta or Camembert ? PadTokenId + 1 : 0;

    /// <summary>How many tokens a text may have.</summary>
    [JsonIgnore]
    public int MaxTokens => MaxPositionEmbeddings - FirstPosition;

    /// <exception cref="StageException">There is no such file, or it describes another network.</exception>
    public static EncoderConfig Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        EncoderConfig? config;
        try
        {
            config = ByBertsNames(JsonNode.Parse(File.ReadAllBytes(path))).Deserialize<EncoderConfig>(Json.Plain);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new StageException($"'{path}' cannot be read: {error.Message}");
        }
        string[] problems = [.. (config ?? throw new StageException($"'{path}' is empty.")).Problems()];
        return problems.Length == 0
            ? config
            : throw new StageException($"'{path}' describes no encoder that can be built: {string.Join("; ", problems)}.");
    }

    /// <exception cref="StageException">The encoder was published without the layer that pools.</exception>
    public void CheckPooling(Pooling pooling)
    {
        if (pooling == Pooling.Pooler && !HasPooler)
            throw new StageException("The encoder has no pooling layer.")
            {
                Help = "Take the first token or the mean: `pooling: first` or `pooling: mean`.",
                Parameter = "pooling",
            };
    }

    /// <summary>Writes the file as the libraries of the family do.</summary>
    public void Write(string folder)
    {
        var config = JsonSerializer.SerializeToNode(this, Json.Plain)!.AsObject();
        config.Remove("has_pooler");
        if (ModelType == DistilBert)
        {
            config.Remove("type_vocab_size");
            foreach (var (theirs, berts) in DistilBertNames)
                if (config.Remove(berts, out var value))
                    config[theirs] = value;
        }
        config["architectures"] = new JsonArray(ModelType switch
        {
            Bert => "BertModel",
            DistilBert => "DistilBertModel",
            Roberta => "RobertaModel",
            Camembert => "CamembertModel",
            _ => throw new InvalidOperationException($"There is no model of the type '{ModelType}'."),
        });
        File.WriteAllBytes(Path.Combine(folder, FileName), JsonSerializer.SerializeToUtf8Bytes(config, Json.Indented));
    }

    private static JsonNode? ByBertsNames(JsonNode? file)
    {
        if (file is not JsonObject config || (string?)config["model_type"] != DistilBert)
            return file;
        JsonObject renamed = new() { ["type_vocab_size"] = 0, ["has_pooler"] = false };
        foreach (var (name, value) in config)
            renamed[DistilBertNames.GetValueOrDefault(name, name)] = value?.DeepClone();
        return renamed;
    }

    private IEnumerable<string> Problems()
    {
        if (ModelType is not (Bert or DistilBert or Roberta or Camembert))
            yield return $"model_type is '{ModelType}', not '{Bert}', '{DistilBert}', '{Roberta}' or '{Camembert}'";
        if (HiddenAct != "gelu")
            yield return $"hidden_act is '{HiddenAct}', not 'gelu'";
        if (PositionEmbeddingType != "absolute")
            yield return $"position_embedding_type is '{PositionEmbeddingType}', not 'absolute'";
        (string Name, int Value)[] sizes =
        [
            ("vocab_size", VocabSize), ("hidden_size", HiddenSize), ("num_hidden_layers", NumHiddenLayers),
            ("num_attention_heads", NumAttentionHeads), ("intermediate_size", IntermediateSize),
            ("max_position_embeddings", MaxPositionEmbeddings),
        ];
        foreach (var (name, value) in sizes.Where(size => size.Value < 1))
            yield return $"{name} is {value}";
        if (TypeVocabSize < 1 && ModelType != DistilBert)
            yield return $"type_vocab_size is {TypeVocabSize}";
        if (NumAttentionHeads > 0 && HiddenSize % NumAttentionHeads != 0)
            yield return $"hidden_size {HiddenSize} is no multiple of num_attention_heads {NumAttentionHeads}";
        if (PadTokenId < 0 || PadTokenId >= VocabSize)
            yield return $"pad_token_id {PadTokenId} is outside the vocabulary of {VocabSize}";
        if (MaxPositionEmbeddings > 0 && MaxTokens < 1)
            yield return $"max_position_embeddings {MaxPositionEmbeddings} leaves no position for a token";
    }
}
