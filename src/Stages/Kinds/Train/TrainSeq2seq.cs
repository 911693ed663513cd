using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Models;
using Pipelines.Stages.Models.Bundles;
using Pipelines.Stages.Models.Prediction;
using Pipelines.Stages.Models.Seq2Seq;
using Pipelines.Stages.Text;
using Pipelines.Stages.Text.Labels;
using Pipelines.Stages.Torch;
using Pipelines.Stages.Training;

namespace Pipelines.Stages.Kinds.Train;

/// <summary>Trains an encoder and a decoder LSTM that spell a label character by character.</summary>
[Stage("train/seq2seq", Version = 3, Uses = Uses.Seed | Uses.Torch)]
public sealed class TrainSeq2seq : Stage<TrainSeq2seq.Inputs, TrainSeq2seq.Params, TrainSeq2seq.Outputs>
{
    public sealed record Inputs([Reads(Columns.Split + "?", Columns.Ids, Columns.Length, Columns.TargetIds)] Table Rows);

    public sealed record Params(
        [Inlined] TrainingParams Training, int Embedding = 200, int Units = 150, double Dropout = 0, bool Masking = true,
        bool ValidCodesOnly = false, EmbeddingInitializer EmbeddingStart = EmbeddingInitializer.Normal,
        Attention Attention = Attention.None, TeacherForcingSchedule? TeacherForcing = null)
    {
        public TrainingParams Training { get; init; } = Training.Measuring("token_accuracy");
    }

    public sealed record Outputs(
        Model Model, [Writes(HistoryTable.Epoch, HistoryTable.Step, HistoryTable.Measure, HistoryTable.Value)] Table History,
        Metrics Metrics, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var encoding = inputs.Rows.Encoding;
        var splits = await EncodedSplit.ReadAsync(inputs.Rows, Columns.TargetIds, parameters.Masking, parameters.Training.Rows,
            cancellation)
            .ConfigureAwait(false);
        var data = TrainingSplits.Of(splits, parameters.Training.Monitor);
        var encoder = TextPreprocessor.From(encoding);
        var warnings = new DataCheck(data, encoder).Run(classes: null);
        var codes = LabelCodec.From(encoding).Characters;
        var settings = new Seq2SeqSettings(
            encoder.VocabularySize, codes.Characters.Count, codes.MaxLength, parameters.Embedding, parameters.Units,
            parameters.Dropout, parameters.Masking, parameters.ValidCodesOnly, parameters.EmbeddingStart, parameters.Attention);
        var device = TorchThread.Device(context.Device);
        using var model = new Seq2Seq(settings, context.Seed, device, context.Threads);
        var (history, exactMatch) =
            await TorchThread.RunAsync(context.Threads, () => Fit(model, data, codes, parameters, context, cancellation))
            .ConfigureAwait(false);
        var metrics = history.BestMetrics.ToDictionary();
        metrics["best_epoch"] = history.Best;
        metrics["parameters"] = model.Parameters.Count;
        if (exactMatch is { } exact)
            metrics["validation.exact_match"] = exact;
        return new(
            await TorchBundle.WriteAsync(context, Seq2SeqPredictor.ArchitectureName, encoding, settings, model.Parameters, cancellation)
                .ConfigureAwait(false),
            await HistoryTable.WriteAsync(context, history, cancellation).ConfigureAwait(false),
            await context.Write.MetricsAsync(metrics, cancellation).ConfigureAwait(false),
            await context.Write.CardAsync(
                new([.. warnings, .. ItemsOf(history, model, exactMatch, parameters.Training)]), cancellation).ConfigureAwait(false));
    }

    private static (TrainingHistory History, double? ExactMatch) Fit(
        Seq2Seq model, TrainingSplits data, CharacterLabels codes, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var settings = parameters.Training with { Monitor = data.Monitor };
        var task = new Seq2SeqTask(model, data, settings.LabelSmoothing, settings.Epochs, parameters.TeacherForcing);
        using var loop = new TrainingLoop<Seq2SeqBatch>(task, settings, context);
        var history = loop.Run(cancellation);
        return (history, data.Validation is null ? null : ExactMatch(new(model, codes), data.Validation, settings.Batch, cancellation));
    }

    /// <summary>Share of the texts whose code is spelt without a fault, the true characters not given.</summary>
    private static double ExactMatch(Seq2SeqDecoder model, EncodedSplit rows, int batch, CancellationToken cancellation)
    {
        var spelt = model.GreedySearch(rows.Texts, batch, cancellation);
        var exact = spelt.Where((code, row) => code.Ended && rows.Codes[row][1..^1].SequenceEqual(code.Characters)).Count();
        return exact / (double)Math.Max(1, spelt.Length);
    }

    private static List<CardItem> ItemsOf(TrainingHistory history, Seq2Seq model, double? exactMatch, TrainingParams training)
    {
        List<CardItem> items = [.. HistoryCard.Items(history)];
        if (exactMatch is { } exact)
            items.Insert(items.FindIndex(item => item.Name == "epochs") + 1,
                new Fact("validation_exact_match", exact, ValueFormat.Percent));
        return
        [
            .. items, model.Description(), LossFormula.OfTokens(training, "loss_characters", "x, y₁ … yₖ₋₁"),
            .. WeightsGrid.Items(model.Parameters),
        ];
    }
}
