using Pipelines.Stages.Contracts;
using Pipelines.Stages.Models.Bundles;
using Pipelines.Stages.Models.Transformers;
using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Prediction;

/// <summary>Predicts classes with a stored <see cref="TransformerClassifier"/>.</summary>
[Architecture(ArchitectureName)]
internal sealed class TransformerPredictor : ClassPredictor, IExplainable, IHasAttention
{
    public const string ArchitectureName = TransformerClassifier.ArchitectureName;

    private const int BatchSize = 32;

    // A position keeps some hundred kilobytes for its gradient.
    private const int MaxPositions = 4_096;

    private readonly TransformerClassifier _network;

    public TransformerPredictor(Model model, PredictorOptions options)
        : base(model)
    {
        var settings = ModelConfig.Read(model.Directory).SettingsAs<TransformerSettings>();
        _network = new(new(settings.Encoder, TorchThread.Device(options.Device)), settings);
        TorchBundle.LoadWeights(model, _network.Encoder.Parameters);
    }

    public bool ReadsPadding => false;

    public bool HasSmallSteps => false;

    public override IReadOnlyList<float[]> Probabilities(IReadOnlyList<ModelInput> inputs, CancellationToken cancellation = default) =>
        [.. Classify(inputs, cancellation).Select(scores => scores.Probabilities)];

    private protected override IEnumerable<ScoredClasses> Classify(IReadOnlyList<ModelInput> inputs, CancellationToken cancellation)
    {
        var texts = Ragged.Of(inputs.Select(input => input.Ids));
        var result = new ScoredClasses[texts.Count];
        using var frozen = no_grad();
        foreach (var rows in texts.RowsByLength().Chunk(BatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var batch = PaddedBatch.Of(texts, rows, _network.Encoder.Config.PadTokenId);
            var logits = _network.Logits(batch, Words(batch), DropoutMasks.None);
            var (raw, values, classes) = (ParameterSet.ToArray(logits), ParameterSet.ToArray(logits.softmax(1)), Classes.Count);
            for (var i = 0; i < rows.Length; i++)
                result[rows[i]] = new(values[(i * classes)..((i + 1) * classes)], raw[(i * classes)..((i + 1) * classes)]);
        }
        return result;
    }

    /// <summary>Explained are the word embeddings; the baseline has padding for every token but the special ones at the ends.</summary>
    public ExplainableBatch Explain(IReadOnlyList<ModelInput> inputs, IReadOnlyList<IReadOnlyList<string>> labels)
    {
        var order = PackedSequence.SortedLongestFirst([.. inputs.Select(input => input.Ids.Length)]);
        var texts = Ragged.Of(order.Select(row => inputs[row].Ids));
        var layout = PackedSequence.Of([.. order.Select(row => inputs[row].Ids.Length)]);
        using var frozen = no_grad();
        var words = Packed(texts, layout);
        var baseline = Packed(Ragged.Of(order.Select(row => Blank(inputs[row].Ids))), layout);
        var explained = new ExplainedClasses(order, labels, Classes);
        return new(order, layout, words, baseline, Scores, explained.SequenceOfScore, explained.PartOfScore)
        {
            MaxPositions = MaxPositions,
        };

        Tensor Scores(PackedSequence repeated, Interpolation points)
        {
            var (padded, vectors) = (new PaddedTexts(repeated.Lengths), points.Rows());
            var spread = Rows.GatherOrZero(vectors, padded.PositionsIn(repeated))
                .reshape(repeated.Sequences, padded.Steps, vectors.shape[1]);
            return explained.Select(_network.Logits(padded, spread, DropoutMasks.None), points.Count);
        }
    }

    public bool Attends => true;

    public IReadOnlyList<TextAttention> Attend(IReadOnlyList<ModelInput> inputs, CancellationToken cancellation)
    {
        var texts = Ragged.Of(inputs.Select(input => input.Ids));
        var result = new TextAttention[texts.Count];
        using var frozen = no_grad();
        foreach (var rows in texts.RowsByLength().Chunk(BatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var batch = PaddedBatch.Of(texts, rows, _network.Encoder.Config.PadTokenId);
            List<Tensor> layers = [];
            var values = ParameterSet.ToArray(_network.Logits(batch, Words(batch), DropoutMasks.None, layers).softmax(1));
            for (var i = 0; i < rows.Length; i++)
                result[rows[i]] = new(
                    ToPrediction(values[(i * Classes.Count)..((i + 1) * Classes.Count)], 1), Written: null,
                    [.. layers.Select(weights => Heads(weights, i, batch.Lengths[i]))], Read(batch.Lengths[i]));
        }
        return result;
    }

    /// <summary>The weights of one text, padding left out.</summary>
    private AttentionLayer Heads(Tensor weights, int text, int length)
    {
        var heads = _network.Encoder.Config.NumAttentionHeads;
        return new([.. Enumerable.Range(text * heads, heads).Select(head =>
        {
            var values = ParameterSet.ToArray(weights[head].narrow(0, 0, length).narrow(1, 0, length));
            return values.Chunk(Math.Max(1, length)).Select(row => Array.ConvertAll(row, value => (double)value)).ToArray();
        })]);
    }

    /// <summary>Which hidden states the head on top reads.</summary>
    private double[] Read(int length) => _network.Settings.Pooling == Pooling.Mean
        ? [.. Enumerable.Repeat(1.0 / length, length)]
        : [.. Enumerable.Range(0, length).Select(token => token == 0 ? 1.0 : 0.0)];

    private Tensor Words(PaddedBatch batch) => TransformerEncoder.Spread(batch, _network.Encoder.Gather(batch, training: false).Rows);

    /// <summary>The embedding of the word at every position of the layout.</summary>
    private Tensor Packed(Ragged texts, PackedSequence layout)
    {
        int[] words = new int[layout.Positions];
        for (var t = 0; t < layout.Steps; t++)
            for (var i = 0; i < layout.BatchSizes[t]; i++)
                words[layout.Offsets[t] + i] = texts[i][t];
        return _network.Encoder.VectorsOf(words);
    }

    private int[] Blank(int[] ids)
    {
        var (before, after) = Encoder.Tokenizer.Specials;
        return [.. ids.Select((id, i) => i < before || i >= ids.Length - after ? id : Encoder.PadId)];
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _network.Dispose();
        base.Dispose(disposing);
    }
}
