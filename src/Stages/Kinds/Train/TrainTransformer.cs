using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Models;
using Pipelines.Stages.Models.Bundles;
using Pipelines.Stages.Models.Layers;
using Pipelines.Stages.Models.Prediction;
using Pipelines.Stages.Models.Transformers;
using Pipelines.Stages.Text;
using Pipelines.Stages.Text.Labels;
using Pipelines.Stages.Torch;
using Pipelines.Stages.Training;
using Pooling = Pipelines.Stages.Models.Transformers.Pooling;

namespace Pipelines.Stages.Kinds.Train;

/// <summary>Trains a classifier of texts on top of a pretrained encoder, and as much of the encoder as is wanted.</summary>
[Stage("train/transformer", Version = 4, Uses = Uses.Seed | Uses.Torch)]
public sealed class TrainTransformer : Stage<TrainTransformer.Inputs, TrainTransformer.Params, TrainTransformer.Outputs>
{
    /// <summary>From here on what was pretrained is lost in the first steps.</summary>
    private const double LargeLearningRate = 1e-3;

    public sealed record Inputs(
        [Reads(Columns.Split + "?", Columns.Ids, Columns.Length, Columns.Target, Columns.Vector + "?")] Table Rows, Model Encoder);

    public sealed record Params(
        [Inlined] TrainingParams Training, Pooling Pooling = Pooling.First, bool Frozen = false, int? FromLayer = null,
        double Dropout = 0.1, int? Hidden = null, Activation Activation = Activation.Relu, ClassWeights ClassWeights = ClassWeights.Equal,
        Precision Precision = Precision.Float32)
    {
        public TrainingParams Training { get; init; } = Training.Measuring("accuracy");

        public int? FromLayer { get; init; } = FromLayer is { } layer && Frozen
            ? throw new StageException($"A frozen encoder is not trained from layer {layer} on.")
            {
                Parameter = "from_layer",
                Help = "leave out `frozen` or `from_layer`",
            }
            : FromLayer;
    }

    public sealed record Outputs(
        Model Model, [Writes(HistoryTable.Epoch, HistoryTable.Step, HistoryTable.Measure, HistoryTable.Value)] Table History,
        Metrics Metrics, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var encoding = inputs.Rows.Encoding;
        EncodedTexts.CheckTokenizer(encoding, inputs.Encoder.Encoding);
        var config = TransformerEncoder.ConfigOf(inputs.Encoder);
        config.CheckPooling(parameters.Pooling);
        CheckLayer(parameters.FromLayer, config.NumHiddenLayers);
        var hasVectors = parameters.Frozen && inputs.Rows.Find(Columns.Vector) is not null;
        if (hasVectors)
            EncodedTexts.CheckVectors(encoding, inputs.Encoder, parameters.Pooling);
        var (encoder, labels) = (TextPreprocessor.From(encoding), LabelCodec.From(encoding).Classes);
        var splits = await EncodedSplit.ReadAsync(inputs.Rows, Columns.Target, masking: true, parameters.Training.Rows, cancellation)
            .ConfigureAwait(false);
        var data = TrainingSplits.Of(splits, parameters.Training.Monitor);
        data.Training.CheckTargets();
        var warnings = new DataCheck(data, encoder).Run(labels.Names);
        using var model = await TorchThread.RunAsync(
            context.Threads, () => ModelOf(inputs.Encoder, parameters, labels.Names.Count, context)).ConfigureAwait(false);
        var history = await TorchThread.RunAsync(
            context.Threads, () => Fit(model, data, labels, parameters, hasVectors, context, cancellation)).ConfigureAwait(false);
        var metrics = history.BestMetrics.ToDictionary();
        metrics["best_epoch"] = history.Best;
        metrics["parameters"] = model.Encoder.Parameters.Count;
        metrics["trained_parameters"] = model.Encoder.Trained().Count;
        var card = new CardContent(
            [
                .. warnings, .. RateWarning(parameters), .. HistoryCard.Items(history), model.Description(),
                LossFormula.OfClasses(parameters.Training, parameters.ClassWeights), .. EncoderWeightsGrid.WithTrained(model.Encoder),
            ]);
        return new(
            await TorchBundle.WriteAsync(
                context, TransformerPredictor.ArchitectureName, encoding, model.Settings, model.Encoder.Parameters, cancellation)
                .ConfigureAwait(false),
            await HistoryTable.WriteAsync(context, history, cancellation).ConfigureAwait(false),
            await context.Write.MetricsAsync(metrics, cancellation).ConfigureAwait(false),
            await context.Write.CardAsync(card, cancellation).ConfigureAwait(false));
    }

    private static TransformerClassifier ModelOf(Model pretrained, Params parameters, int classes, StageContext context)
    {
        var encoder = TransformerEncoder.Load(pretrained, TorchThread.Device(context.Device), context.Seed);
        encoder.Precision = parameters.Precision;
        if (parameters.Frozen)
            encoder.Freeze();
        else
            encoder.TrainFrom(parameters.FromLayer, parameters.Pooling == Pooling.Pooler);
        var settings = new TransformerSettings(
            encoder.Config, parameters.Pooling, classes, parameters.Dropout, parameters.Hidden, parameters.Activation);
        return new(encoder, settings);
    }

    private static TrainingHistory Fit(
        TransformerClassifier model, TrainingSplits data, ClassLabels labels, Params parameters, bool hasVectors, StageContext context,
        CancellationToken cancellation)
    {
        var settings = parameters.Training with { Monitor = data.Monitor };
        var loss = new ClassLoss(data.Training.Targets, labels, parameters.ClassWeights, settings.LabelSmoothing);
        if (hasVectors)
        {
            using var head = new TrainingLoop<FeatureBatch>(new FeatureTask(model, data, loss), settings, context);
            return head.Run(cancellation);
        }
        using var loop = new TrainingLoop<TransformerBatch>(new TransformerTask(model, data, loss), settings, context);
        return loop.Run(cancellation);
    }

    private static IEnumerable<Warning> RateWarning(Params parameters)
    {
        var rate = parameters.Training.Optimizer.LearningRate;
        if (!parameters.Frozen && rate >= LargeLearningRate)
            yield return new("large_learning_rate", new Dictionary<string, object> { ["rate"] = rate });
    }

    private static void CheckLayer(int? layer, int layers)
    {
        if (layer > layers)
            throw new StageException($"The encoder has {layers} layers, from 0 to {layers - 1}; there is none to train from {layer} on.")
            {
                Help = $"`from_layer: {layers}` trains the head alone.",
                Parameter = "from_layer",
            };
    }
}
