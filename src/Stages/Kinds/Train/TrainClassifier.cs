using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Models;
using Pipelines.Stages.Models.Bundles;
using Pipelines.Stages.Models.Layers;
using Pipelines.Stages.Models.Prediction;
using Pipelines.Stages.Text;
using Pipelines.Stages.Text.Labels;
using Pipelines.Stages.Torch;
using Pipelines.Stages.Training;

namespace Pipelines.Stages.Kinds.Train;

/// <summary>Trains a classifier of texts whose network is a list of layers.</summary>
[Stage("train/classifier", Version = 4, Uses = Uses.Seed | Uses.Torch)]
public sealed class TrainClassifier : Stage<TrainClassifier.Inputs, TrainClassifier.Params, TrainClassifier.Outputs>
{
    public sealed record Inputs(
        [Reads(Columns.Split + "?", Columns.Ids, Columns.Length, Columns.Target)] Table Rows,
        [Reads(Columns.Word, Columns.Vector)] Table? Vectors);

    public sealed record Params(
        IReadOnlyList<Layer> Layers, [Inlined] TrainingParams Training, ClassWeights ClassWeights = ClassWeights.Equal,
        bool Masking = true) : IParameterSummary
    {
        public IReadOnlyList<Layer> Layers { get; init; } = LayerStack.Checked(Layers);

        public TrainingParams Training { get; init; } = Training.Measuring("accuracy");

        public IReadOnlyList<string> SummaryLines() => NetworkSummary.Lines(Layers);
    }

    public sealed record Outputs(
        Model Model, [Writes(HistoryTable.Epoch, HistoryTable.Step, HistoryTable.Measure, HistoryTable.Value)] Table History,
        Metrics Metrics, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var encoding = inputs.Rows.Encoding;
        var (encoder, labels) = (TextPreprocessor.From(encoding), LabelCodec.From(encoding).Classes);
        var pretrained = await PretrainedVectors.ReadAsync(
            LayerStack.EmbeddingOf(parameters.Layers), inputs.Vectors, encoder.Tokenizer.Vocabulary, cancellation).ConfigureAwait(false);
        var splits = await EncodedSplit.ReadAsync(inputs.Rows, Columns.Target, parameters.Masking, parameters.Training.Rows, cancellation)
            .ConfigureAwait(false);
        var data = TrainingSplits.Of(splits, parameters.Training.Monitor);
        data.Training.CheckTargets();
        var warnings = new DataCheck(data, encoder).Run(labels.Names);
        var settings = new ClassifierSettings(encoder.VocabularySize, labels.Names.Count, parameters.Layers, parameters.Masking,
            encoder.Padding?.Length, encoder.Padding?.Side ?? PaddingSide.Post);
        using var model = new TextClassifier(settings, context.Seed, TorchThread.Device(context.Device), context.Threads, pretrained);
        var history = await TorchThread.RunAsync(context.Threads, () => Fit(model, data, labels, parameters, context, cancellation))
            .ConfigureAwait(false);
        var metrics = history.BestMetrics.ToDictionary();
        metrics["best_epoch"] = history.Best;
        metrics["parameters"] = model.Parameters.Count;
        metrics["trainable_parameters"] = model.Parameters.TrainableCount;
        CardItem[] start = pretrained is null ? [] : [new Fact("pretrained_words", pretrained.Covered, ValueFormat.Integer)];
        var card = new CardContent([.. warnings, .. HistoryCard.Items(history), .. start, .. WeightsGrid.Items(model.Parameters)]);
        return new(
            await TorchBundle.WriteAsync(context, ClassifierPredictor.ArchitectureName, encoding, settings, model.Parameters, cancellation)
                .ConfigureAwait(false),
            await HistoryTable.WriteAsync(context, history, cancellation).ConfigureAwait(false),
            await context.Write.MetricsAsync(metrics, cancellation).ConfigureAwait(false),
            await context.Write.CardAsync(card, cancellation).ConfigureAwait(false));
    }

    private static TrainingHistory Fit(
        TextClassifier model, TrainingSplits data, ClassLabels labels, Params parameters, StageContext context,
        CancellationToken cancellation)
    {
        var settings = parameters.Training with { Monitor = data.Monitor };
        var loss = new ClassLoss(data.Training, labels, parameters.ClassWeights, settings.LabelSmoothing);
        var task = new ClassifierTask(model, data, loss);
        using var loop = new TrainingLoop<ClassifierBatch>(task, settings, context);
        return loop.Run(cancellation);
    }
}
