using Pipelines.Stages.Torch;
using Pipelines.Stages.Training;

namespace Pipelines.Stages.Models.Layers;

/// <summary>Packed texts with the class of each.</summary>
internal sealed record ClassifierBatch(TokenBatch Texts, int[] Targets);

/// <summary>Learns the class of a text.</summary>
internal sealed class ClassifierTask(TextClassifier model, TrainingSplits data, ClassLoss loss) : TrainingTask<ClassifierBatch>
{
    public override ParameterSet Parameters => model.Parameters;

    public override string AccuracyName => "accuracy";

    public override RowSet<ClassifierBatch> Training { get; } = Rows(model, data.Training);

    public override RowSet<ClassifierBatch>? Validation { get; } = data.Validation is null ? null : Rows(model, data.Validation);

    public override BatchResult Forward(ClassifierBatch batch, DropoutMasks masks)
    {
        var gathered = model.Gather(batch.Texts, masks.Training);
        return loss.Of(model.Logits(batch.Texts, gathered.Rows, masks), batch.Targets, masks.Training, [gathered]);
    }

    private static RowSet<ClassifierBatch> Rows(TextClassifier model, EncodedSplit split)
    {
        var packer = new TokenPacker(split.Texts, model.Settings.Vocabulary);
        return new(split.Texts.Count, split.Texts.Length, rows =>
        {
            var batch = packer.Pack(rows);
            return new(batch, [.. batch.Order.Select(row => ClassLoss.TargetOf(split, row))]);
        });
    }
}
