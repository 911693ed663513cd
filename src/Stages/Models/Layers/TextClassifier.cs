using Pipelines.Stages.Contracts;
using Pipelines.Stages.Text;
using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Layers;

/// <summary>Hyper-parameters of a <see cref="TextClassifier"/>; all that is needed to build it anew.</summary>
/// <param name="Masking">False: padding is read as words, as Keras does without mask_zero.</param>
/// <param name="Classes">Of the first head where there are several.</param>
/// <param name="Length">What texts are padded to; null: they are not padded.</param>
/// <param name="Heads">Null: the last of the layers is the only output.</param>
internal sealed record ClassifierSettings(
    int Vocabulary, int Classes, IReadOnlyList<Layer> Layers, bool Masking, int? Length = null, PaddingSide Side = PaddingSide.Post,
    IReadOnlyList<HeadSettings>? Heads = null)
{
    public NetworkData Data => new(Classes, Length, Side);
}

/// <summary>Gives a text a score a class, through layers that the user lists.</summary>
internal sealed class TextClassifier : IDisposable
{
    private readonly Embedding _words;
    private readonly LayerFunction _layers;
    private readonly List<LayerFunction> _heads;

    /// <param name="pretrained">Where words start that have a vector already; null: none has.</param>
    public TextClassifier(ClassifierSettings settings, ulong seed, Device device, int threads, PretrainedVectors? pretrained = null)
    {
        Settings = settings;
        LayerStack.Check(settings.Layers, settings.Data, settings.Heads);
        var embedding = LayerStack.EmbeddingOf(settings.Layers);
        Parameters = new(seed, device);
        try
        {
            _words = new(Parameters, "embedding", settings.Vocabulary, embedding.Size, Start, embedding.Trainable);
            LayerWeights weights = new(Parameters, threads);
            _layers = LayerStack.Build(LayerStack.Behind(settings.Layers, settings.Data, settings.Heads is not null), weights);
            _heads = [.. (settings.Heads ?? []).Select((head, i) => LayerStack.Build(
                HeadStack.Sites(head.Head, i, Shared(settings), settings.Data, head.Classes), weights))];
        }
        catch
        {
            Parameters.Dispose();
            throw;
        }

        float[] Start(SeededRandom random, int count)
        {
            var drawn = Initializers.Embedding(random, count, embedding.Start);
            pretrained?.CopyTo(drawn);
            return drawn;
        }
    }

    public ClassifierSettings Settings { get; }

    public ParameterSet Parameters { get; }

    /// <summary>The vectors of a batch's words, to be passed on to <see cref="Logits(TokenBatch, Tensor, DropoutMasks?)"/>.</summary>
    public EmbeddingLookup Gather(TokenBatch texts, bool training) => _words.Gather(texts.Words, training);

    /// <summary>Scores (packed texts x classes) before the softmax, of the first head where there are several.</summary>
    /// <param name="words">Vectors of the batch's words.</param>
    public Tensor Logits(TokenBatch texts, Tensor words, DropoutMasks masks) =>
        Logits(new SequenceOutput(words, texts.Layout, texts.Index), masks);

    /// <summary>What each head gives, in their order; without heads the scores alone.</summary>
    /// <param name="words">Vectors of the batch's words.</param>
    public IReadOnlyList<Tensor> Outputs(TokenBatch texts, Tensor words, DropoutMasks masks)
    {
        var shared = _layers(new SequenceOutput(words, texts.Layout, texts.Index), masks);
        return _heads.Count == 0 ? [shared.Values] : [.. _heads.Select(head => head(shared, masks).Values)];
    }

    /// <param name="words">Word vectors for every position of the layout.</param>
    public Tensor Logits(PackedSequence layout, Interpolation words) => Logits(SequenceOutput.Of(words, layout), DropoutMasks.None);

    /// <summary>A word vector for every position of the layout.</summary>
    public Tensor VectorsOf(TokenBatch texts) => _words.VectorsOf(texts);

    /// <summary>The vector of one word (1 x size).</summary>
    public Tensor VectorOf(int word) => _words.Gather([word], training: false).Rows;

    public void Dispose() => Parameters.Dispose();

    private Tensor Logits(LayerOutput words, DropoutMasks masks)
    {
        var shared = _layers(words, masks);
        return (_heads.Count == 0 ? shared : _heads[0](shared, masks)).Values;
    }

    private static LayerShape Shared(ClassifierSettings settings) =>
        LayerStack.ShapeBehind(settings.Layers, settings.Data, hasHeads: true);
}
