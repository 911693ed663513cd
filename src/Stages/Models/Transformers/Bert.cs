using Pipelines.Stages.Torch;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Pipelines.Stages.Models.Transformers;

/// <summary>
/// The encoder of BERT (Devlin, Chang, Lee, Toutanova 2018): its modules have the names of the published weights. DistilBERT, RoBERTa and
/// CamemBERT are the same network, without types of tokens or with other positions. Dropout comes from the masks of the training, so that a
/// resumed training draws the same.
/// </summary>
internal sealed class Bert : NamedModules
{
    private readonly BertEmbeddings _embeddings;
    private readonly BertLayer[] _layers;
    private readonly TorchSharp.Modules.Linear? _pooler;

    public Bert(EncoderConfig config, LinearProducts products)
        : base(nameof(Bert))
    {
        _embeddings = Named("embeddings", new BertEmbeddings(config));
        _layers = [.. Enumerable.Range(0, config.NumHiddenLayers)
            .Select(i => Named($"encoder.layer.{i}", new BertLayer(config, products)))];
        _pooler = config.HasPooler ? Named("pooler.dense", Linear(config.HiddenSize, config.HiddenSize)) : null;
    }

    /// <summary>What the last layer gives for every token (texts x steps x size).</summary>
    /// <param name="words">Word embeddings (texts x steps x size); positions and types are added here.</param>
    /// <param name="isReal">Texts x steps; false for padding, to which nobody attends.</param>
    /// <param name="attention">Receives the weights of each layer (texts · heads x steps x steps); null: they are not wanted.</param>
    public Tensor HiddenStates(Tensor words, Tensor isReal, DropoutMasks masks, ICollection<Tensor>? attention = null)
    {
        var hidden = _embeddings.Embed(words, masks);
        // Not minus infinity: a text of nothing but padding would be 0 / 0.
        var bias = isReal.logical_not().to(hidden.dtype).Times(-1e30).unsqueeze(1);
        foreach (var layer in _layers)
            hidden = layer.Encode(hidden, bias, masks, attention);
        return hidden;
    }

    /// <summary>The first token through the layer that next-sentence prediction was trained with (texts x size).</summary>
    public Tensor Pooled(Tensor hidden) => _pooler!.call(hidden.select(1, 0)).tanh();
}

/// <summary>Words, positions and types added up.</summary>
internal sealed class BertEmbeddings : NamedModules
{
    public const string WordsName = "embeddings.word" + TableSuffix;

    /// <summary>How the names of the tables end whose rows are added up: words, positions, types.</summary>
    public const string TableSuffix = "_embeddings.weight";

    private readonly TorchSharp.Modules.Embedding _positions;
    private readonly TorchSharp.Modules.Embedding? _types;
    private readonly TorchSharp.Modules.LayerNorm _norm;
    private readonly double _dropout;
    private readonly int _first;

    public BertEmbeddings(EncoderConfig config)
        : base(nameof(BertEmbeddings))
    {
        // Whoever trains looks its rows up, so that only those of a batch have a gradient.
        Named("word_embeddings", Embedding(config.VocabSize, config.HiddenSize));
        _positions = Named("position_embeddings", Embedding(config.MaxPositionEmbeddings, config.HiddenSize));
        _types = config.TypeVocabSize > 0 ? Named("token_type_embeddings", Embedding(config.TypeVocabSize, config.HiddenSize)) : null;
        _norm = Named("LayerNorm", LayerNorm(config.HiddenSize, config.LayerNormEps));
        _dropout = config.HiddenDropoutProb;
        _first = config.FirstPosition;
    }

    /// <summary>The first type everywhere: texts are single ones.</summary>
    public Tensor Embed(Tensor words, DropoutMasks masks)
    {
        var steps = Indices.Range(_first, (int)words.shape[1], words.device);
        var typed = _types is null ? words : words.Plus(_types.call(zeros_like(steps)));
        return masks.Apply(_norm.call(typed.Plus(_positions.call(steps))), _dropout);
    }
}

/// <summary>Self-attention and two linear layers, each added to its input and normalized.</summary>
internal sealed class BertLayer : NamedModules
{
    private readonly TorchSharp.Modules.Linear _query, _key, _value, _attended, _intermediate, _output;
    private readonly TorchSharp.Modules.LayerNorm _attendedNorm, _outputNorm;
    private readonly EncoderConfig _config;
    private readonly LinearProducts _products;

    public BertLayer(EncoderConfig config, LinearProducts products)
        : base(nameof(BertLayer))
    {
        (_config, _products) = (config, products);
        var size = config.HiddenSize;
        _query = Named("attention.self.query", Linear(size, size));
        _key = Named("attention.self.key", Linear(size, size));
        _value = Named("attention.self.value", Linear(size, size));
        _attended = Named("attention.output.dense", Linear(size, size));
        _attendedNorm = Named("attention.output.LayerNorm", LayerNorm(size, config.LayerNormEps));
        _intermediate = Named("intermediate.dense", Linear(size, config.IntermediateSize));
        _output = Named("output.dense", Linear(config.IntermediateSize, size));
        _outputNorm = Named("output.LayerNorm", LayerNorm(size, config.LayerNormEps));
    }

    /// <param name="bias">Added to the scores of each token as a key (texts x 1 x steps).</param>
    /// <param name="attention">Receives the weights (texts · heads x steps x steps).</param>
    public Tensor Encode(Tensor hidden, Tensor bias, DropoutMasks masks, ICollection<Tensor>? attention)
    {
        var attended = masks.Apply(_products.Of(_attended, Attend(hidden, bias, masks, attention)), _config.HiddenDropoutProb);
        hidden = _attendedNorm.call(hidden.Plus(attended));
        var inside = functional.gelu(_products.Of(_intermediate, hidden));
        var output = masks.Apply(_products.Of(_output, inside), _config.HiddenDropoutProb);
        return _outputNorm.call(hidden.Plus(output));
    }

    private Tensor Attend(Tensor hidden, Tensor bias, DropoutMasks masks, ICollection<Tensor>? attention)
    {
        var heads = _config.NumAttentionHeads;
        var (query, key, value) =
            (Heads(_products.Of(_query, hidden)), Heads(_products.Of(_key, hidden)), Heads(_products.Of(_value, hidden)));
        var scores = query.bmm(key.transpose(1, 2)).Over(Math.Sqrt(query.shape[2]));
        var weights = scores.Plus(bias.repeat_interleave(heads, 0)).softmax(-1);
        attention?.Add(weights);
        var context = masks.Apply(weights, _config.AttentionProbsDropoutProb).bmm(value);
        return context.reshape(hidden.shape[0], heads, hidden.shape[1], -1).transpose(1, 2).reshape(hidden.shape);
    }

    /// <summary>Texts · heads x steps x size of a head.</summary>
    private Tensor Heads(Tensor values)
    {
        var (texts, steps, heads) = (values.shape[0], values.shape[1], _config.NumAttentionHeads);
        var size = values.shape[2] / heads;
        return values.reshape(texts, steps, heads, size).transpose(1, 2).reshape(texts * heads, steps, size);
    }
}
