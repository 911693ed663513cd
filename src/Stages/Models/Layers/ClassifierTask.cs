using Pipelines.Stages.Torch;
using Pipelines.Stages.Training;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Layers;

/// <summary>Packed texts with the class of each.</summary>
internal sealed record ClassifierBatch(TokenBatch Texts, int[] Targets);

/// <summary>Learns the class of a text. Rows whose class is unknown (below 0) count as errors and have no loss.</summary>
internal sealed class ClassifierTask(TextClassifier model, TrainingSplits data, ClassWeights weights, double labelSmoothing)
    : TrainingTask<ClassifierBatch>
{
    private const int Unknown = -1;

    private readonly float[]? _weights = weights == ClassWeights.Balanced ? Balanced(data.Training, model.Settings.Classes) : null;

    public override ParameterSet Parameters => model.Parameters;

    public override string AccuracyName => "accuracy";

    public override RowSet<ClassifierBatch> Training { get; } = Rows(model, data.Training);

    public override RowSet<ClassifierBatch>? Validation { get; } = data.Validation is null ? null : Rows(model, data.Validation);

    public override BatchResult Forward(ClassifierBatch batch, DropoutMasks masks)
    {
        var gathered = model.Gather(batch.Texts, masks.Training);
        var logits = model.Logits(batch.Texts, gathered.Rows, masks);
        var targets = Indices.Of(batch.Targets, logits.device);
        var known = batch.Targets.Count(target => target >= 0);
        // The loss of validation is measured without weights and smoothing, so that it can be compared.
        var weight = _weights is null || !masks.Training ? null : Numbers.Of(_weights, [_weights.Length], logits.device);
        var smoothing = masks.Training ? labelSmoothing : 0;
        var loss = known == 0
            ? logits.sum() * 0
            : nn.functional.cross_entropy(logits, targets, weight, Unknown, label_smoothing: smoothing);
        var correct = logits.detach().argmax(1).eq(targets).sum();
        return new(loss, correct, batch.Targets.Length, [gathered]);
    }

    private static float[] Balanced(EncodedSplit rows, int classes)
    {
        var counts = new int[classes];
        foreach (var target in rows.Targets)
            counts[target]++;
        var present = counts.Count(count => count > 0);
        return Array.ConvertAll(counts, count => count == 0 ? 0 : rows.Targets.Count / (float)(present * count));
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
