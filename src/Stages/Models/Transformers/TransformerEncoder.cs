using System.Globalization;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Models.Bundles;
using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Transformers;

/// <summary>
/// A pretrained network with its weights, those of a head on top among them; frozen, or trained from one of its layers on.
/// </summary>
internal sealed class TransformerEncoder : IDisposable
{
    /// <summary>Of the bundles that hold an encoder alone.</summary>
    public const string ArchitectureName = "encoder";

    private const double InitialDeviation = 0.02;

    private readonly Bert _network;
    private readonly Parameter _words;
    private readonly int _count;
    private readonly LinearProducts _products = new();

    /// <param name="random">False: the weights are zero until others are loaded.</param>
    /// <param name="wholeWords">Whether all word embeddings have a gradient, not only those of a batch.</param>
    public TransformerEncoder(EncoderConfig config, Device device, ulong seed = 0, bool random = false, bool wholeWords = false)
    {
        Config = config;
        Parameters = new(seed, device);
        _network = new(config, _products);
        Parameters.Adopt(
            _network, random ? Initial : (_, _, count) => new float[count], name => name == BertEmbeddings.WordsName && !wholeWords);
        _words = Parameters.Items.Single(parameter => parameter.Name == BertEmbeddings.WordsName);
        _count = Parameters.Items.Count;
    }

    public EncoderConfig Config { get; }

    /// <summary>In what numbers linear layers multiply while training.</summary>
    public Precision Precision { get; set; }

    /// <summary>The encoder's by their published names, and those that a head adds.</summary>
    public ParameterSet Parameters { get; }

    /// <summary>Without those of a head.</summary>
    public ParameterSet OwnParameters
    {
        get
        {
            var own = Parameters.Items.Take(_count).ToHashSet();
            return Parameters.Only(own.Contains);
        }
    }

    /// <summary>Of all words (vocabulary x size).</summary>
    public Tensor WordEmbeddings => _words.Value;

    /// <summary>Reads a folder with <c>config.json</c> and weights.</summary>
    /// <exception cref="StageException">A file is missing or damaged, or holds other weights; all of them are named.</exception>
    public static TransformerEncoder Load(string folder, Device device)
    {
        var (config, weights) = PublishedFolder.Read(folder);
        return Of(config, weights, device, folder);
    }

    /// <summary>Reads what <c>load/encoder</c> made.</summary>
    /// <param name="seed">Of what a head will start with.</param>
    public static TransformerEncoder Load(Model model, Device device, ulong seed = 0)
    {
        var encoder = new TransformerEncoder(ConfigOf(model), device, seed);
        encoder.Parameters.Load(Safetensors.Read(Path.Combine(model.Directory, Model.WeightsFileName)));
        return encoder;
    }

    /// <exception cref="StageException">It is another model.</exception>
    public static EncoderConfig ConfigOf(Model model) => model.Architecture == ArchitectureName
        ? ModelConfig.Read(model.Directory).SettingsAs<EncoderConfig>()
        : throw new StageException($"A model of the architecture '{model.Architecture}' is no encoder.")
        {
            Help = "Take the model of a stage load/encoder.",
        };

    /// <param name="source">Named where the weights do not fit.</param>
    /// <exception cref="StageException">Weights are missing, have other shapes or belong to another network.</exception>
    public static TransformerEncoder Of(
        EncoderConfig config, IReadOnlyDictionary<string, StoredTensor> weights, Device device, string source)
    {
        var encoder = new TransformerEncoder(config, device);
        try
        {
            encoder.Parameters.Load(weights);
            return encoder;
        }
        catch (InvalidDataException error)
        {
            encoder.Dispose();
            throw new StageException($"The weights in '{source}' cannot be loaded. {error.Message}")
            {
                Help = $"'{EncoderConfig.FileName}' and the weights must be of one model.",
            };
        }
    }

    /// <summary>The layers as a report draws them, neighbours of which the same is trained in one.</summary>
    public NetworkLayers Description()
    {
        var trained = Trained().Items.ToHashSet();
        NetworkLayers layers = new(Parameters, trained.Contains);
        layers.Add("embeddings", [], "n", "t", Config.HiddenSize);
        for (var first = 0; first < Config.NumHiddenLayers;)
        {
            var (isTrained, last) = (IsTrained(first), first);
            while (last + 1 < Config.NumHiddenLayers && IsTrained(last + 1) == isTrained)
                last++;
            var (from, to) = (first, last);
            layers.Add(from == to ? $"encoder.layer.{from}" : $"encoder.layer.{from}–{to}", layers.Ends, ["n", "t", Config.HiddenSize],
                parameter => NumberOf(parameter) is { } layer && layer >= from && layer <= to);
            first = last + 1;
        }
        return layers;

        bool IsTrained(int layer) => trained.Any(parameter => NumberOf(parameter) == layer);

        static int? NumberOf(Parameter parameter) => parameter.Name.Split('.') is ["encoder", "layer", var number, ..]
            ? int.Parse(number, CultureInfo.InvariantCulture) : null;
    }

    /// <summary>Only these are trained: layers from this one on (from 0), the pooler and the head; null: all weights, embeddings too.
    /// </summary>
    /// <param name="layer">The number of layers: the pooler and the head alone.</param>
    /// <param name="withPooler">Whether the head reads the pooler: without it, it has no gradient.</param>
    public void TrainFrom(int? layer, bool withPooler = true)
    {
        foreach (var parameter in Parameters.Items.Take(_count).Where(parameter => !parameter.IsEmbedding))
        {
            var at = LayerOf(parameter.Name);
            parameter.Value.requires_grad_((layer is null || at >= layer) && (withPooler || at < Config.NumHiddenLayers));
        }
        TrainsWords = layer is null;
    }

    /// <summary>From now on nothing of the encoder is trained; a head is.</summary>
    public void Freeze()
    {
        foreach (var parameter in Parameters.Items.Take(_count))
            parameter.Value.requires_grad_(false);
        TrainsWords = false;
    }

    /// <summary>
    /// Brings the embeddings back to the size that they are drawn with, all by one factor. The layer norm behind their sum undoes any
    /// length: what the network computes stays the same. But the longer they have grown, the less a training at the same rate turns
    /// them: five times longer, 25 times less.
    /// </summary>
    public void ShortenEmbeddings()
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var factor = InitialDeviation / (float)_words.Value.mul(_words.Value).mean().sqrt();
        foreach (var parameter in Parameters.Items.Take(_count).Where(
            parameter => parameter.Name.EndsWith(BertEmbeddings.TableSuffix, StringComparison.Ordinal)))
            parameter.Value.Multiply(factor);
    }

    /// <summary>The weights that training changes, the words among them; they stay this object's.</summary>
    public ParameterSet Trained() => Parameters.Only(
        parameter => parameter.IsEmbedding ? TrainsWords : parameter.Value.requires_grad);

    private bool TrainsWords { get; set; } = true;

    /// <summary>The embeddings of a batch's words, as a leaf of the graph when they are trained.</summary>
    public EmbeddingLookup Gather(PaddedBatch batch, bool training)
    {
        var index = Indices.Of(batch.Words, _words.Value.device);
        var rows = _words.Value.index_select(0, index);
        return new(_words, index, training && TrainsWords && _words.IsEmbedding ? rows.requires_grad_(true) : rows);
    }

    /// <summary>The embeddings of these words (words x size).</summary>
    public Tensor VectorsOf(int[] words) => _words.Value.index_select(0, Indices.Of(words, _words.Value.device));

    /// <summary>Word embeddings at every position (texts x steps x size), out of those of the batch's words.</summary>
    public static Tensor Spread(PaddedBatch batch, Tensor words) =>
        Rows.Gather(words, batch.Index).reshape(batch.Lengths.Length, batch.Steps, words.shape[1]);

    /// <summary>What the last layer gives for every token (texts x steps x size), padding included.</summary>
    /// <param name="words">Word embeddings at every position, by which explanations differentiate; positions and types stay as they
    /// are.</param>
    /// <param name="attention">Receives the weights of each layer (texts · heads x steps x steps).</param>
    /// <exception cref="StageException">A text is longer than there are positions.</exception>
    public Tensor HiddenStates(PaddedTexts texts, Tensor words, DropoutMasks masks, ICollection<Tensor>? attention = null)
    {
        if (texts.Steps > Config.MaxTokens)
            throw new StageException($"A text has {texts.Steps} tokens, and the network has {Config.MaxTokens} positions.")
            {
                Help = "Cut texts off when they are tokenized, as tokenize/encoder does.",
            };
        _products.Precision = masks.Training ? Precision : Precision.Float32;
        return _network.HiddenStates(words, texts.IsReal(words.device), masks, attention);
    }

    /// <summary>One row a text (texts x size), for a head on top.</summary>
    public Tensor Pool(PaddedTexts texts, Tensor hidden, Pooling pooling) => pooling switch
    {
        Pooling.First => hidden.select(1, 0),
        Pooling.Mean => Mean(texts, hidden),
        Pooling.Pooler => _network.Pooled(hidden),
        _ => throw new ArgumentOutOfRangeException(nameof(pooling)),
    };

    public void Dispose() => Parameters.Dispose();

    /// <summary>Whether a weight of this name is the encoder's, not a head's.</summary>
    public static bool IsOwn(string name) => name.Split('.')[0] is "embeddings" or "encoder" or "pooler";

    private static Tensor Mean(PaddedTexts texts, Tensor hidden)
    {
        var real = texts.IsReal(hidden.device).unsqueeze(2).to(hidden.dtype);
        return (hidden * real).sum(1) / real.sum(1).AtLeast(1);
    }

    /// <summary>The layer of a weight; before the first for embeddings, after the last for the pooler.</summary>
    private int LayerOf(string name) => name.Split('.') switch
    {
        ["encoder", "layer", var number, ..] => int.Parse(number, CultureInfo.InvariantCulture),
        ["embeddings", ..] => -1,
        ["pooler", ..] => Config.NumHiddenLayers,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "BERT has no such weight."),
    };

    // As BERT was: normal with this deviation, biases zero, normalization neutral.
    private static float[] Initial(string name, SeededRandom random, int count)
    {
        var values = new float[count];
        if (name.EndsWith("LayerNorm.weight", StringComparison.Ordinal))
            Array.Fill(values, 1);
        else if (!name.EndsWith(".bias", StringComparison.Ordinal))
            for (var i = 0; i < count; i++)
                values[i] = (float)(InitialDeviation * random.NextNormal());
        return values;
    }
}
