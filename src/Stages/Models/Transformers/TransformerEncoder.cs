using Pipelines.Stages.Contracts;
using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Transformers;

/// <summary>How the hidden states of a text become one row.</summary>
public enum Pooling
{
    /// <summary>That of the first token.</summary>
    First,

    /// <summary>The mean of all real tokens.</summary>
    Mean,

    /// <summary>The first token through the network's own pooling layer.</summary>
    Pooler,
}

/// <summary>A BERT with its weights, from a folder of published ones or drawn anew; frozen, or trained from one of its layers on.</summary>
internal sealed class TransformerEncoder : IDisposable
{
    public const string WeightsFileName = "model.safetensors";

    private readonly Bert _network;
    private readonly Parameter _words;

    public TransformerEncoder(BertConfig config, ulong seed, Device device)
    {
        Config = config;
        Parameters = new(seed, device);
        _network = new(config);
        Parameters.Adopt(_network, Initial, name => name == BertEmbeddings.WordsName);
        _words = Parameters.Items.Single(parameter => parameter.IsEmbedding);
    }

    public BertConfig Config { get; }

    /// <summary>By their published names.</summary>
    public ParameterSet Parameters { get; }

    /// <summary>Reads <c>config.json</c> and <c>model.safetensors</c>, that of a whole model with a prefix and a head too.</summary>
    /// <exception cref="StageException">A file is missing or damaged, or holds other weights; all of them are named.</exception>
    public static TransformerEncoder Load(string folder, Device device)
    {
        var encoder = new TransformerEncoder(BertConfig.Read(folder), seed: 0, device);
        try
        {
            encoder.Parameters.Load(Published(Safetensors.Read(Path.Combine(folder, WeightsFileName))));
            return encoder;
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            encoder.Dispose();
            throw new StageException($"The weights in '{folder}' cannot be loaded. {error.Message}");
        }
    }

    /// <summary>Only these are trained: layers from this one on (from 0), and the pooler; null: all weights, the embeddings too.</summary>
    /// <param name="layer">The number of layers: the pooler alone.</param>
    public void TrainFrom(int? layer)
    {
        foreach (var parameter in Parameters.Items.Where(parameter => !parameter.IsEmbedding))
            parameter.Value.requires_grad_(layer is null || LayerOf(parameter.Name) >= layer);
        TrainsWords = layer is null;
    }

    /// <summary>From now on nothing is trained.</summary>
    public void Freeze()
    {
        Parameters.Freeze();
        TrainsWords = false;
    }

    private bool TrainsWords { get; set; } = true;

    /// <summary>The embeddings of a batch's words, as a leaf of the graph when they are trained.</summary>
    public EmbeddingLookup Gather(PaddedBatch batch, bool training)
    {
        var index = Indices.Of(batch.Words, _words.Value.device);
        var rows = _words.Value.index_select(0, index);
        return new(_words, index, training && TrainsWords ? rows.requires_grad_(true) : rows);
    }

    /// <summary>Word embeddings at every position (texts x steps x size), out of those of the batch's words.</summary>
    public static Tensor Spread(PaddedBatch batch, Tensor words) =>
        Rows.Gather(words, batch.Index).reshape(batch.Lengths.Length, batch.Steps, words.shape[1]);

    /// <summary>What the last layer gives for every token (texts x steps x size), padding included.</summary>
    /// <param name="words">Word embeddings at every position, by which explanations differentiate; positions and types stay as they
    /// are.</param>
    /// <exception cref="StageException">A text is longer than there are positions.</exception>
    public Tensor HiddenStates(PaddedBatch batch, Tensor words, DropoutMasks masks)
    {
        if (batch.Steps > Config.MaxPositionEmbeddings)
            throw new StageException($"A text has {batch.Steps} tokens, and the network has {Config.MaxPositionEmbeddings} positions.")
            {
                Help = "Cut texts off when they are tokenized.",
            };
        return _network.HiddenStates(words, batch.IsReal(words.device), masks);
    }

    /// <summary>One row a text (texts x size), for a head on top.</summary>
    public Tensor Pool(PaddedBatch batch, Tensor hidden, Pooling pooling) => pooling switch
    {
        Pooling.First => hidden.select(1, 0),
        Pooling.Mean => Mean(batch, hidden),
        Pooling.Pooler => _network.Pooled(hidden),
        _ => throw new ArgumentOutOfRangeException(nameof(pooling)),
    };

    public void Dispose() => Parameters.Dispose();

    private static Tensor Mean(PaddedBatch batch, Tensor hidden)
    {
        var real = batch.IsReal(hidden.device).unsqueeze(2).to(hidden.dtype);
        return (hidden * real).sum(1) / real.sum(1).clamp_min(1);
    }

    /// <summary>The layer of a weight; before the first for embeddings, after the last for the pooler.</summary>
    private int LayerOf(string name) => name.Split('.') switch
    {
        ["encoder", "layer", var number, ..] => int.Parse(number, System.Globalization.CultureInfo.InvariantCulture),
        ["embeddings", ..] => -1,
        ["pooler", ..] => Config.NumHiddenLayers,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "BERT has no such weight."),
    };

    // As BERT was: normal with deviation 0.02, biases zero, normalization neutral.
    private static float[] Initial(string name, SeededRandom random, int count)
    {
        var values = new float[count];
        if (name.EndsWith("LayerNorm.weight", StringComparison.Ordinal))
            Array.Fill(values, 1);
        else if (!name.EndsWith(".bias", StringComparison.Ordinal))
            for (var i = 0; i < count; i++)
                values[i] = (float)(0.02 * random.NextNormal());
        return values;
    }

    /// <summary>The encoder's weights by the names it has them under: without prefix, and normalization in today's words.</summary>
    private static Dictionary<string, StoredTensor> Published(IReadOnlyDictionary<string, StoredTensor> weights) => weights
        .Where(weight => !weight.Key.StartsWith("cls.", StringComparison.Ordinal))
        .ToDictionary(weight => Renamed(weight.Key), weight => weight.Value, StringComparer.Ordinal);

    private static string Renamed(string name)
    {
        var plain = name.StartsWith("bert.", StringComparison.Ordinal) ? name["bert.".Length..] : name;
        return plain.Replace("LayerNorm.gamma", "LayerNorm.weight", StringComparison.Ordinal)
            .Replace("LayerNorm.beta", "LayerNorm.bias", StringComparison.Ordinal);
    }
}
