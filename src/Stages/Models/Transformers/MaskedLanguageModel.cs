using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Transformers;

/// <summary>
/// An encoder with the head that BERT was pretrained with: it scores every token of the vocabulary at a place, by the word embeddings
/// themselves. The head is for training; what is kept is the encoder.
/// </summary>
internal sealed class MaskedLanguageModel : IDisposable
{
    private readonly Dense _transform;
    private readonly Parameter _scale, _shift, _bias;

    /// <param name="encoder">Belongs to this object from now on; its word embeddings are trained as a whole.</param>
    public MaskedLanguageModel(TransformerEncoder encoder)
    {
        Encoder = encoder;
        var size = encoder.Config.HiddenSize;
        _transform = new(encoder.Parameters, "predictions.transform", size, size);
        _scale = encoder.Parameters.Add("predictions.LayerNorm.weight", _ => [.. Enumerable.Repeat(1f, size)], [size]);
        _shift = encoder.Parameters.Add("predictions.LayerNorm.bias", _ => new float[size], [size]);
        _bias = encoder.Parameters.Add(
            "predictions.bias", _ => new float[encoder.Config.VocabSize], [encoder.Config.VocabSize]);
    }

    public TransformerEncoder Encoder { get; }

    /// <summary>Scores of the vocabulary (places x tokens) at the places that are asked for.</summary>
    public Tensor Scores(MaskedTexts masked, DropoutMasks masks)
    {
        var words = TransformerEncoder.Spread(masked.Texts, Encoder.Gather(masked.Texts, masks.Training).Rows);
        var size = Encoder.Config.HiddenSize;
        var hidden = Encoder.HiddenStates(masked.Texts, words, masks).reshape(-1, size);
        var asked = hidden.index_select(0, Indices.Of(masked.Places, hidden.device));
        var transformed = nn.functional.layer_norm(
            nn.functional.gelu(_transform.Apply(asked)), [size], _scale.Value, _shift.Value, Encoder.Config.LayerNormEps);
        return _bias.Value.addmm(transformed, Encoder.WordEmbeddings.t());
    }

    /// <summary>The layers as a report draws them: m masked tokens of n texts of t tokens.</summary>
    public NetworkFigure Description()
    {
        var layers = Encoder.Description();
        layers.Add("predictions", layers.Ends, "m", Encoder.Config.VocabSize);
        return layers.ToFigure();
    }

    public void Dispose() => Encoder.Dispose();
}
