using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Models.Layers;
using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Transformers;

/// <summary>All that is needed, beside the weights, to build a <see cref="TransformerClassifier"/> anew.</summary>
/// <param name="Dropout">Of what the scores are computed from.</param>
/// <param name="Hidden">Units of a layer between pooling and scores; null: there is none.</param>
/// <param name="Activation">Of that layer.</param>
internal sealed record TransformerSettings(
    EncoderConfig Encoder, Pooling Pooling, int Classes, double Dropout, int? Hidden, Activation Activation);

/// <summary>A pretrained encoder with a head that gives a score a class.</summary>
internal sealed class TransformerClassifier : IDisposable
{
    /// <summary>Of the bundles that hold one.</summary>
    public const string ArchitectureName = "transformer";

    private readonly Dense? _hidden;
    private readonly Dense _scores;

    /// <param name="encoder">Belongs to this object from now on, and has the head's weights among its own.</param>
    public TransformerClassifier(TransformerEncoder encoder, TransformerSettings settings)
    {
        (Encoder, Settings) = (encoder, settings);
        var size = encoder.Config.HiddenSize;
        _hidden = settings.Hidden is { } units ? new(encoder.Parameters, "pre_classifier", size, units) : null;
        _scores = new(encoder.Parameters, "classifier", settings.Hidden ?? size, settings.Classes);
    }

    public TransformerEncoder Encoder { get; }

    public TransformerSettings Settings { get; }

    /// <summary>Scores (texts x classes) before the softmax.</summary>
    /// <param name="words">Word embeddings at every position.</param>
    /// <param name="attention">Receives the weights of each layer (texts · heads x steps x steps).</param>
    public Tensor Logits(PaddedTexts texts, Tensor words, DropoutMasks masks, ICollection<Tensor>? attention = null) =>
        Score(Encoder.Pool(texts, Encoder.HiddenStates(texts, words, masks, attention), Settings.Pooling), masks);

    /// <summary>The same of texts whose pooled rows are known.</summary>
    public Tensor Score(Tensor pooled, DropoutMasks masks)
    {
        if (_hidden is not null)
            pooled = Settings.Activation.Apply(_hidden.Apply(pooled));
        return _scores.Apply(masks.Apply(pooled, Settings.Dropout));
    }

    /// <summary>The layers as a report draws them: n texts of t tokens.</summary>
    public NetworkFigure Description()
    {
        var layers = Encoder.Description();
        if (Settings.Pooling == Pooling.Pooler)
            layers.Add("pooler", layers.Ends, "n", Encoder.Config.HiddenSize);
        else
            layers.Add("pooling", layers.Ends, ["n", Encoder.Config.HiddenSize], _ => false);
        if (Settings.Hidden is { } hidden)
            layers.Add("pre_classifier", layers.Ends, "n", hidden);
        layers.Add("classifier", layers.Ends, "n", Settings.Classes);
        return layers.ToFigure();
    }

    public void Dispose() => Encoder.Dispose();
}
