using Pipelines.Stages.Torch;
using Pipelines.Stages.Training;

namespace Pipelines.Stages.Models.Transformers;

/// <summary>Padded texts with the class of each.</summary>
internal sealed record TransformerBatch(PaddedBatch Texts, int[] Targets);

/// <summary>Learns the class of a text with as much of the encoder as is trained.</summary>
internal sealed class TransformerTask(TransformerClassifier model, TrainingSplits data, ClassLoss loss) : TrainingTask<TransformerBatch>
{
    public override ParameterSet Parameters { get; } = model.Encoder.Trained();

    public override string AccuracyName => "accuracy";

    public override RowSet<TransformerBatch> Training { get; } = Rows(model, data.Training);

    public override RowSet<TransformerBatch>? Validation { get; } = data.Validation is null ? null : Rows(model, data.Validation);

    public override BatchResult Forward(TransformerBatch batch, DropoutMasks masks)
    {
        var gathered = model.Encoder.Gather(batch.Texts, masks.Training);
        var logits = model.Logits(batch.Texts, TransformerEncoder.Spread(batch.Texts, gathered.Rows), masks);
        return loss.Of(logits, batch.Targets, masks.Training, gathered.Rows.requires_grad ? [gathered] : []);
    }

    private static RowSet<TransformerBatch> Rows(TransformerClassifier model, EncodedSplit split) => new(
        split.Texts.Count, split.Texts.Length, rows => new(
            PaddedBatch.Of(split.Texts, rows, model.Encoder.Config.PadTokenId),
            Array.ConvertAll(rows, row => ClassLoss.TargetOf(split, row))));
}

/// <summary>Pooled rows of texts with the class of each.</summary>
internal sealed record FeatureBatch(float[][] Rows, int[] Targets);

/// <summary>Learns the head alone, from what the frozen encoder made of the texts before.</summary>
internal sealed class FeatureTask(TransformerClassifier model, TrainingSplits data, ClassLoss loss) : TrainingTask<FeatureBatch>
{
    public override ParameterSet Parameters { get; } = model.Encoder.Trained();

    public override string AccuracyName => "accuracy";

    public override RowSet<FeatureBatch> Training { get; } = Rows(data.Training);

    public override RowSet<FeatureBatch>? Validation { get; } = data.Validation is null ? null : Rows(data.Validation);

    public override BatchResult Forward(FeatureBatch batch, DropoutMasks masks)
    {
        var size = model.Encoder.Config.HiddenSize;
        var pooled = Numbers.Of([.. batch.Rows.SelectMany(row => row)], [batch.Rows.Length, size], Parameters.Device);
        return loss.Of(model.Score(pooled, masks), batch.Targets, masks.Training, []);
    }

    private static RowSet<FeatureBatch> Rows(EncodedSplit split) => new(
        split.Vectors.Count, _ => 1, rows => new(
            Array.ConvertAll(rows, row => split.Vectors[row]), Array.ConvertAll(rows, row => ClassLoss.TargetOf(split, row))));
}
