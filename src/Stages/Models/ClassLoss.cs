using Pipelines.Stages.Torch;
using Pipelines.Stages.Training;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models;

/// <summary>
/// Cross-entropy of the scores of a batch's classes. Rows whose class is unknown (below 0) count as errors and have no loss.
/// </summary>
internal sealed class ClassLoss(EncodedSplit training, int classes, ClassWeights weights, double labelSmoothing)
{
    private const int Unknown = -1;

    private readonly float[]? _weights = weights == ClassWeights.Balanced ? Balanced(training, classes) : null;

    /// <summary>The class of a row, or that none is known.</summary>
    public static int TargetOf(EncodedSplit split, int row) => Math.Max(Unknown, split.Targets[row]);

    /// <param name="logits">Rows x classes.</param>
    public BatchResult Of(Tensor logits, int[] classOfRow, bool isTraining, IReadOnlyList<EmbeddingLookup> gathered)
    {
        var targets = Indices.Of(classOfRow, logits.device);
        // The loss of validation is measured without weights and smoothing, so that it can be compared.
        var weight = _weights is null || !isTraining ? null : Numbers.Of(_weights, [_weights.Length], logits.device);
        var smoothing = isTraining ? labelSmoothing : 0;
        var loss = classOfRow.All(target => target < 0)
            ? logits.sum() * 0
            : nn.functional.cross_entropy(logits, targets, weight, Unknown, label_smoothing: smoothing);
        return new(loss, logits.detach().argmax(1).eq(targets).sum(), classOfRow.Length, gathered);
    }

    private static float[] Balanced(EncodedSplit rows, int classes)
    {
        var counts = new int[classes];
        foreach (var target in rows.Targets)
            counts[target]++;
        var present = counts.Count(count => count > 0);
        return Array.ConvertAll(counts, count => count == 0 ? 0 : rows.Targets.Count / (float)(present * count));
    }
}
