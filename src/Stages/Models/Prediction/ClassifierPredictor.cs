using Pipelines.Stages.Contracts;
using Pipelines.Stages.Models.Bundles;
using Pipelines.Stages.Models.Layers;
using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Prediction;

/// <summary>Predicts classes with a stored <see cref="TextClassifier"/>.</summary>
[Architecture(ArchitectureName)]
internal sealed class ClassifierPredictor : ClassPredictor, IExplainable
{
    public const string ArchitectureName = "classifier";

    private const int BatchSize = 512;

    private readonly TextClassifier _network;

    public ClassifierPredictor(Model model, PredictorOptions options)
        : base(model)
    {
        var settings = ModelConfig.Read(model.Directory).SettingsAs<ClassifierSettings>();
        _network = new(settings, seed: 0, TorchThread.Device(options.Device), options.Threads);
        TorchBundle.LoadWeights(model, _network.Parameters);
    }

    public bool ReadsPadding => !_network.Settings.Masking;

    public bool HasSmallSteps => true;

    public override IReadOnlyList<float[]> Probabilities(IReadOnlyList<ModelInput> inputs, CancellationToken cancellation = default) =>
        Probabilities(_network, Texts(inputs), BatchSize, cancellation);

    public ExplainableBatch Explain(IReadOnlyList<ModelInput> inputs, IReadOnlyList<IReadOnlyList<string>> labels)
    {
        var texts = Texts(inputs);
        var batch = new TokenPacker(texts, _network.Settings.Vocabulary).Pack([.. Enumerable.Range(0, texts.Count)]);
        using var frozen = no_grad();
        var vectors = _network.VectorsOf(batch);
        var baseline = _network.VectorOf(Encoder.PadId).expand(vectors.shape);
        var explained = new ExplainedClasses(batch.Order, labels, Classes);
        return new(
            batch.Order, batch.Layout, vectors, baseline,
            (layout, words) => explained.Select(_network.Logits(layout, words), words.Count),
            explained.SequenceOfScore, explained.PartOfScore);
    }

    private protected override IEnumerable<ScoredClasses> Classify(IReadOnlyList<ModelInput> inputs, CancellationToken cancellation) =>
        Classify(_network, Texts(inputs), BatchSize, cancellation);

    /// <summary>A probability a class for each text, in order.</summary>
    public static float[][] Probabilities(TextClassifier network, Ragged texts, int batchSize, CancellationToken cancellation) =>
        Array.ConvertAll(Classify(network, texts, batchSize, cancellation), scores => scores.Probabilities);

    private static ScoredClasses[] Classify(TextClassifier network, Ragged texts, int batchSize, CancellationToken cancellation)
    {
        var packer = new TokenPacker(texts, network.Settings.Vocabulary);
        var result = new ScoredClasses[texts.Count];
        using var frozen = no_grad();
        foreach (var rows in texts.RowsByLength().Chunk(batchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var batch = packer.Pack(rows);
            var logits = network.Logits(batch, network.Gather(batch, training: false).Rows, DropoutMasks.None);
            var (raw, values, classes) = (ParameterSet.ToArray(logits), ParameterSet.ToArray(logits.softmax(1)), network.Settings.Classes);
            for (var i = 0; i < rows.Length; i++)
                result[batch.Order[i]] = new(values[(i * classes)..((i + 1) * classes)], raw[(i * classes)..((i + 1) * classes)]);
        }
        return result;
    }

    private Ragged Texts(IReadOnlyList<ModelInput> inputs) =>
        Ragged.Of(inputs.Select(input => ReadsPadding ? Encoder.Padded(input.Ids) : input.Ids));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _network.Dispose();
        base.Dispose(disposing);
    }
}
