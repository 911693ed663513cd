using Pipelines.Stages.Text.Labels;
using Pipelines.Stages.Torch;
using Pipelines.Stages.Training;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models;

/// <summary>
/// Cross-entropy of the scores of a batch's classes. Rows without a class (below 0) count as errors and have no loss.
/// </summary>
internal sealed class ClassLoss(IReadOnlyList<int> training, ClassLabels labels, ClassWeights weights, double labelSmoothing)
{
    private const int None = -1;

    private readonly float[]? _weights = weights == ClassWeights.Balanced ? Balanced(training, labels.Names.Count) : null;

    /// <summary>The class of a row, or that none is known.</summary>
    public static int TargetOf(EncodedSplit split, int row) => Math.Max(None, split.Targets[row]);

    /// <param name="logits">Rows x classes.</param>
    public BatchResult Of(Tensor logits, int[] classOfRow, bool isTraining, IReadOnlyList<EmbeddingLookup> gathered)
    {
        var targets = Indices.Of(classOfRow, logits.device);
        // The loss of validation is measured without weights and smoothing, so that it can be compared.
        var weight = _weights is null || !isTraining ? null : Numbers.Of(_weights, [_weights.Length], logits.device);
        var smoothing = isTraining ? labelSmoothing : 0;
        var loss = classOfRow.All(target => target < 0)
            ? logits.sum().Times(0)
            : nn.functional.cross_entropy(logits, targets, weight, None, label_smoothing: smoothing);
        var answers = Indices.Of(Array.ConvertAll(classOfRow, target => labels.IsAnswer(target) ? target : None), logits.device);
        return new(loss, logits.detach().argmax(1).eq(answers).sum(), classOfRow.Length, gathered);
    }

    private static float[] Balanced(IReadOnlyList<int> rows, int classes)
    {
        var counts = new int[classes];
        foreach (var target in rows)
            counts[target]++;
        var present = counts.Count(count => count > 0);
        return Array.ConvertAll(counts, count => count == 0 ? 0 : rows.Count / (float)(present * count));
    }
}
