using Pipelines.Stages.Torch;
using Pipelines.Stages.Training;

namespace Pipelines.Stages.Models.Layers;

/// <summary>Packed texts with the class of each.</summary>
/// <param name="Further">What each head after the first learns.</param>
internal sealed record ClassifierBatch(TokenBatch Texts, int[] Targets, float[][] Further);

/// <summary>Learns the class of a text, and what further heads say of it.</summary>
/// <param name="heads">Null: there is one output.</param>
internal sealed class ClassifierTask(TextClassifier model, TrainingSplits data, ClassLoss loss, HeadLosses? heads = null)
    : TrainingTask<ClassifierBatch>
{
    public override ParameterSet Parameters => model.Parameters;

    public override string AccuracyName => "accuracy";

    public override RowSet<ClassifierBatch> Training { get; } = Rows(model, data.Training);

    public override RowSet<ClassifierBatch>? Validation { get; } = data.Validation is null ? null : Rows(model, data.Validation);

    public override BatchResult Forward(ClassifierBatch batch, DropoutMasks masks)
    {
        var gathered = model.Gather(batch.Texts, masks.Training);
        var outputs = model.Outputs(batch.Texts, gathered.Rows, masks);
        return heads is null
            ? loss.Of(outputs[0], batch.Targets, masks.Training, [gathered])
            : heads.Of(outputs, [Array.ConvertAll(batch.Targets, target => (float)target), .. batch.Further], masks.Training, [gathered]);
    }

    private static RowSet<ClassifierBatch> Rows(TextClassifier model, EncodedSplit split)
    {
        var packer = new TokenPacker(split.Texts, model.Settings.Vocabulary);
        return new(split.Texts.Count, split.Texts.Length, rows =>
        {
            var batch = packer.Pack(rows);
            return new(
                batch, [.. batch.Order.Select(row => ClassLoss.TargetOf(split, row))],
                [.. split.Further.Select(targets => Array.ConvertAll(batch.Order, row => targets[row]))]);
        });
    }
}
