using System.Text.Json;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Models.Transformers;

/// <summary>The <c>config.json</c> of a published BERT, by its own names.</summary>
internal sealed record BertConfig(
    string ModelType, int VocabSize, int HiddenSize, int NumHiddenLayers, int NumAttentionHeads, int IntermediateSize,
    int MaxPositionEmbeddings, int TypeVocabSize = 2, double LayerNormEps = 1e-12, string HiddenAct = "gelu",
    double HiddenDropoutProb = 0.1, double AttentionProbsDropoutProb = 0.1, int PadTokenId = 0)
{
    public const string FileName = "config.json";

    /// <exception cref="StageException">There is no such file, or it describes another network.</exception>
    public static BertConfig Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        BertConfig? config;
        try
        {
            config = JsonSerializer.Deserialize<BertConfig>(File.ReadAllBytes(path), Json.Plain);
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new StageException($"'{path}' cannot be read: {error.Message}");
        }
        string[] problems = [.. (config ?? throw new StageException($"'{path}' is empty.")).Problems()];
        return problems.Length == 0
            ? config
            : throw new StageException($"'{path}' describes no BERT that can be built: {string.Join("; ", problems)}.");
    }

    private IEnumerable<string> Problems()
    {
        if (ModelType != "bert")
            yield return $"model_type is '{ModelType}', not 'bert'";
        if (HiddenAct != "gelu")
            yield return $"hidden_act is '{HiddenAct}', not 'gelu'";
        (string Name, int Value)[] sizes =
        [
            ("vocab_size", VocabSize), ("hidden_size", HiddenSize), ("num_hidden_layers", NumHiddenLayers),
            ("num_attention_heads", NumAttentionHeads), ("intermediate_size", IntermediateSize),
            ("max_position_embeddings", MaxPositionEmbeddings), ("type_vocab_size", TypeVocabSize),
        ];
        foreach (var (name, value) in sizes.Where(size => size.Value < 1))
            yield return $"{name} is {value}";
        if (NumAttentionHeads > 0 && HiddenSize % NumAttentionHeads != 0)
            yield return $"hidden_size {HiddenSize} is no multiple of num_attention_heads {NumAttentionHeads}";
        if (PadTokenId < 0 || PadTokenId >= VocabSize)
            yield return $"pad_token_id {PadTokenId} is outside the vocabulary of {VocabSize}";
    }
}
