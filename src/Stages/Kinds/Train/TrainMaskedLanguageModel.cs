using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Models;
using Pipelines.Stages.Models.Bundles;
using Pipelines.Stages.Models.Transformers;
using Pipelines.Stages.Text;
using Pipelines.Stages.Text.Tokenizers;
using Pipelines.Stages.Torch;
using Pipelines.Stages.Training;

namespace Pipelines.Stages.Kinds.Train;

/// <summary>Pretrains a small encoder on texts alone: it learns to guess tokens that were masked, as BERT did.</summary>
[Stage("train/masked-language-model", Version = 4, Uses = Uses.Seed | Uses.Torch)]
public sealed class TrainMaskedLanguageModel
    : Stage<TrainMaskedLanguageModel.Inputs, TrainMaskedLanguageModel.Params, TrainMaskedLanguageModel.Outputs>
{
    private const int InsidePerHidden = 4;

    public sealed record Inputs([Reads(Columns.Split + "?", Columns.Ids, Columns.Length)] Table Rows);

    public sealed record Params(
        [Inlined] TrainingParams Training, int Hidden = 128, int Layers = 4, int Heads = 4, int? Intermediate = null, int Length = 128,
        double Masked = 0.15, double EncoderDropout = 0.1, bool Pretrain = true, Precision Precision = Precision.Float32)
    {
        public TrainingParams Training { get; init; } = Training.Measuring("masked_accuracy");

        public int Hidden { get; init; } = Hidden % Heads == 0 ? Hidden : throw new StageException(
            $"{Hidden} hidden units cannot be shared among {Heads} heads.")
        {
            Parameter = "hidden",
            Help = "take a multiple of `heads`",
        };
    }

    public sealed record Outputs(
        [NoLabels] Model Model, [Writes(HistoryTable.Epoch, HistoryTable.Step, HistoryTable.Measure, HistoryTable.Value)] Table History,
        Metrics Metrics, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var step = TextPreprocessor.TokenizerOf(inputs.Rows.Encoding);
        var preprocessor = TextPreprocessor.From(inputs.Rows.Encoding);
        if (preprocessor.Tokenizer is not WordPieceTokenizer tokenizer)
            throw new StageException($"These rows were tokenized by {step?.Kind ?? "nothing"}, which has no token for what is masked.")
            {
                Help = "Tokenize them by tokenize/wordpiece; `size: 8000` learns a vocabulary from the texts.",
            };
        var splits = await EncodedSplit.ReadAsync(inputs.Rows, null, masking: true, parameters.Training.Rows, cancellation)
            .ConfigureAwait(false);
        var cut = splits.Values.Sum(split => split.Cut(parameters.Length));
        var data = TrainingSplits.Of(splits, parameters.Training.Monitor);
        using var model = await TorchThread.RunAsync(context.Threads, () => ModelOf(tokenizer, parameters, context)).ConfigureAwait(false);
        var history = !parameters.Pretrain ? null : await TorchThread.RunAsync(
            context.Threads, () => Fit(model, data, tokenizer, parameters, context, cancellation)).ConfigureAwait(false);
        var encoder = model.Encoder;
        CardContent card = new(
        [
            .. cut == 0 ? [] : new CardItem[] { new Warning("cut_texts", new Dictionary<string, object> { ["count"] = cut }) },
            .. history is null ? [new Warning("not_pretrained", new Dictionary<string, object>())] : HistoryCard.Items(history),
            .. DescriptionOf(model, history, parameters), .. EncoderWeightsGrid.Of(encoder),
        ]);
        return new(
            await TorchBundle.WriteAsync(
                context, TransformerEncoder.ArchitectureName, EncodingChain.Empty.With(step!), encoder.Config, encoder.OwnParameters,
                cancellation).ConfigureAwait(false),
            await HistoryTable.WriteAsync(context, history, cancellation).ConfigureAwait(false),
            await context.Write.MetricsAsync(MetricsOf(history, encoder), cancellation).ConfigureAwait(false),
            await context.Write.CardAsync(card, cancellation).ConfigureAwait(false));
    }

    private static IEnumerable<CardItem> DescriptionOf(MaskedLanguageModel model, TrainingHistory? history, Params parameters)
    {
        yield return model.Description();
        if (history is not null)
            yield return LossFormula.OfTokens(parameters.Training, "loss_masked_tokens", "x");
    }

    private static MaskedLanguageModel ModelOf(WordPieceTokenizer tokenizer, Params parameters, StageContext context)
    {
        var config = new EncoderConfig(
            EncoderConfig.Bert, tokenizer.Vocabulary.Count, parameters.Hidden, parameters.Layers, parameters.Heads,
            parameters.Intermediate ?? InsidePerHidden * parameters.Hidden, parameters.Length, HiddenDropoutProb: parameters.EncoderDropout,
            AttentionProbsDropoutProb: parameters.EncoderDropout, PadTokenId: tokenizer.PadId, HasPooler: false);
        return new(new(config, TorchThread.Device(context.Device), context.Seed, random: true, wholeWords: true)
        {
            Precision = parameters.Precision,
        });
    }

    private static TrainingHistory Fit(
        MaskedLanguageModel model, TrainingSplits data, WordPieceTokenizer tokenizer, Params parameters, StageContext context,
        CancellationToken cancellation)
    {
        var settings = parameters.Training with { Monitor = data.Monitor };
        var task = new MaskedLanguageTask(model, data, new(tokenizer, parameters.Masked), context.Seed, settings.LabelSmoothing);
        using var loop = new TrainingLoop<LanguageBatch>(task, settings, context);
        var history = loop.Run(cancellation);
        model.Encoder.ShortenEmbeddings();
        return history;
    }

    private static Dictionary<string, double> MetricsOf(TrainingHistory? history, TransformerEncoder encoder)
    {
        Dictionary<string, double> metrics = new() { ["parameters"] = encoder.OwnParameters.Count };
        if (history is null)
            return metrics;
        foreach (var (name, value) in history.BestMetrics)
            metrics[name] = value;
        foreach (var split in new[] { Splits.Train, Splits.Validation })
            if (history.BestMetrics.TryGetValue(MetricNames.Of(split, "loss"), out var loss))
                metrics[MetricNames.Of(split, "perplexity")] = Math.Exp(loss);
        metrics[MetricNames.BestEpoch] = history.Best;
        return metrics;
    }
}
