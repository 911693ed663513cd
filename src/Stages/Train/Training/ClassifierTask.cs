using Pipelines.Stages.Models;
using Pipelines.Stages.Models.Classification;
using static TorchSharp.torch;

namespace Pipelines.Stages.Train.Training;

/// <summary>Packed texts with the class of each.</summary>
internal sealed record ClassifierBatch(TokenBatch Texts, int[] Targets);

/// <summary>Learns the class of a text. Rows whose class is unknown (below 0) count as errors and have no loss.</summary>
internal sealed class ClassifierTask(TextClassifier model, EncodedSplit training, EncodedSplit? validation) : TrainingTask<ClassifierBatch>
{
    private const int Unknown = -1;

    public override ParameterSet Parameters => model.Parameters;

    public override string AccuracyName => "accuracy";

    public override RowSet<ClassifierBatch> Training { get; } = Rows(model, training);

    public override RowSet<ClassifierBatch>? Validation { get; } = validation is null ? null : Rows(model, validation);

    public override BatchResult Forward(ClassifierBatch batch, DropoutNoise? noise)
    {
        var gathered = model.Gather(batch.Texts, training: noise is not null);
        var logits = model.Logits(batch.Texts, gathered.Rows, noise);
        var targets = Indices.Of(batch.Targets, logits.device);
        var known = batch.Targets.Count(target => target >= 0);
        var loss = known == 0 ? logits.sum() * 0 : nn.functional.cross_entropy(logits, targets, ignore_index: Unknown);
        var correct = logits.detach().argmax(1).eq(targets).sum();
        return new(loss, correct, batch.Targets.Length, [gathered]);
    }

    private static RowSet<ClassifierBatch> Rows(TextClassifier model, EncodedSplit split)
    {
        var packer = new TokenPacker(split.Texts, model.Settings.Vocabulary);
        return new(split.Texts.Count, split.Texts.Length, rows =>
        {
            var batch = packer.Pack(rows);
            return new(batch, [.. batch.Order.Select(row => Math.Max(Unknown, split.Targets[row]))]);
        });
    }
}
