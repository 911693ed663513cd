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
[Stage("train/classifier", Version = 5, Uses = Uses.Seed | Uses.Torch)]
public sealed class TrainClassifier : Stage<TrainClassifier.Inputs, TrainClassifier.Params, TrainClassifier.Outputs>
{
    public sealed record Inputs(
        [Reads(Columns.Split + "?", Columns.Ids, Columns.Length, Columns.Target, "{heads.*.number}")] Table Rows,
        [Reads(Columns.Word, Columns.Vector)] Table? Vectors,
        [Reads(Columns.Split + "?", Columns.Ids, Columns.Target)] IReadOnlyList<Table>? Labels);

    public sealed record Params(
        IReadOnlyList<Layer> Layers, [Inlined] TrainingParams Training, ClassWeights ClassWeights = ClassWeights.Equal,
        bool Masking = true, IReadOnlyList<Head>? Heads = null) : IParameterSummary
    {
        public IReadOnlyList<Head>? Heads { get; init; } = HeadStack.Checked(Heads);

        public IReadOnlyList<Layer> Layers { get; init; } = LayerStack.Checked(Layers, Heads);

        public TrainingParams Training { get; init; } = Training.Measuring("accuracy", (Heads ?? []).SelectMany(head => head.Measures));

        public IReadOnlyList<string> SummaryLines() => NetworkSummary.Lines(Layers, Heads);
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
        var heads = HeadsOf(inputs, parameters);
        await (heads?.AddToAsync(splits, cancellation) ?? Task.CompletedTask).ConfigureAwait(false);
        var data = TrainingSplits.Of(splits, parameters.Training.Monitor);
        data.Training.CheckTargets();
        var warnings = new DataCheck(data, encoder).Run(labels.Names);
        var settings = new ClassifierSettings(encoder.VocabularySize, labels.Names.Count, parameters.Layers, parameters.Masking,
            encoder.Padding?.Length, encoder.Padding?.Side ?? PaddingSide.Post, heads?.Settings());
        using var model = new TextClassifier(settings, context.Seed, TorchThread.Device(context.Device), context.Threads, pretrained);
        var history = await TorchThread.RunAsync(context.Threads, () => Fit(model, data, labels, heads, parameters, context, cancellation))
            .ConfigureAwait(false);
        var metrics = history.BestMetrics.ToDictionary();
        metrics["best_epoch"] = history.Best;
        metrics["parameters"] = model.Parameters.Count;
        metrics["trainable_parameters"] = model.Parameters.TrainableCount;
        CardItem[] start = pretrained is null ? [] : [new Fact("pretrained_words", pretrained.Covered, ValueFormat.Integer)];
        var card = new CardContent(
        [
            .. warnings, .. HistoryCard.Items(history), .. start, NetworkDescription.Of(model), LossOf(parameters),
            .. WeightsGrid.Items(model.Parameters),
        ]);
        return new(
            await TorchBundle.WriteAsync(context, ClassifierPredictor.ArchitectureName, encoding, settings, model.Parameters, cancellation)
                .ConfigureAwait(false),
            await HistoryTable.WriteAsync(context, history, cancellation).ConfigureAwait(false),
            await context.Write.MetricsAsync(metrics, cancellation).ConfigureAwait(false),
            await context.Write.CardAsync(card, cancellation).ConfigureAwait(false));
    }

    private static Formula LossOf(Params parameters) => parameters.Heads is { } heads
        ? LossFormula.OfHeads(
            parameters.Training, parameters.ClassWeights, [.. heads.Select(head => (head.Name, head.Weight, head.Number is not null))])
        : LossFormula.OfClasses(parameters.Training, parameters.ClassWeights);

    private static HeadTargets? HeadsOf(Inputs inputs, Params parameters)
    {
        if (parameters.Heads is { } heads)
            return new(heads, inputs.Rows, inputs.Labels ?? [], parameters.Training.Rows);
        if (inputs.Labels is not { Count: > 0 })
            return null;
        throw new StageException("Further labels are learned by heads, and there are none.")
        {
            Help = "Write `heads`, or leave the input `labels` out.",
            Parameter = HeadStack.Path,
        };
    }

    private static TrainingHistory Fit(
        TextClassifier model, TrainingSplits data, ClassLabels labels, HeadTargets? heads, Params parameters, StageContext context,
        CancellationToken cancellation)
    {
        var settings = parameters.Training with { Monitor = data.Monitor };
        var loss = new ClassLoss(data.Training.Targets, labels, parameters.ClassWeights, settings.LabelSmoothing);
        var task = new ClassifierTask(
            model, data, loss, heads?.Losses(data.Training, parameters.ClassWeights, settings.LabelSmoothing));
        using var loop = new TrainingLoop<ClassifierBatch>(task, settings, context);
        return loop.Run(cancellation);
    }
}
