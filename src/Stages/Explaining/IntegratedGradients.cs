using Pipelines.Stages.Models;
using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Explaining;

/// <summary>What each word's vector contributed to the predicted scores, beside the baseline.</summary>
/// <param name="Values">Places x size.</param>
/// <param name="Deltas">Of each sequence: sum of its values minus the change of its scores; 0 for an exact integral.</param>
internal sealed record PlaceAttributions(float[] Values, double[] Deltas)
{
    /// <summary>Values of each part of the prediction by itself, if asked for.</summary>
    public IReadOnlyList<float[]> ByPart { get; init; } = [];
}

/// <summary>
/// Integrated gradients (Sundararajan, Taly, Yan 2017): (x - x') times the mean gradient on the way from the baseline x' to x, all points of the
/// way and all texts in one batch.
/// </summary>
internal static class IntegratedGradients
{
    /// <param name="byPart">Also each part of the prediction by itself.</param>
    public static PlaceAttributions Of(ExplainableBatch batch, GaussLegendre rule, bool byPart = false)
    {
        using var scope = NewDisposeScope();
        var changes = (batch.Inputs - batch.Baseline).detach().requires_grad_(true);
        // A score's gradient by the change is that by the input times the point; divided out, only the weight is left.
        var weights = rule.Weights.Zip(rule.Points, (weight, point) => weight / point);
        var scores = Scores(batch, changes, rule.Points).mv(Row(weights, changes));
        var values = Attributions(scores.sum(), changes, isLast: !byPart);
        return new(values, Deltas(batch, changes, values))
        {
            ByPart = byPart
                ? [.. Enumerable.Range(0, batch.Parts).Select(part => Attributions(scores.dot(Selected(batch, part, changes)), changes))]
                : [],
        };
    }

    private static float[] Attributions(Tensor score, Tensor changes, bool isLast = false) =>
        ParameterSet.ToArray(changes * autograd.grad([score], [changes], retain_graph: !isLast)[0]);

    /// <summary>Scores x points.</summary>
    private static Tensor Scores(ExplainableBatch batch, Tensor changes, IEnumerable<double> points)
    {
        var line = new InterpolationPath(batch.Baseline, Floats(points));
        return batch.Scores(line.Copied(batch.Layout), changes, line).reshape(-1, line.Shares.Length);
    }

    /// <summary>1 for the scores of one part, 0 for the others.</summary>
    private static Tensor Selected(ExplainableBatch batch, int part, Tensor like) =>
        Row(batch.PartOfScore.Select(other => other == part ? 1.0 : 0.0), like);

    private static Tensor Row(IEnumerable<double> values, Tensor like) => tensor(Floats(values), dtype: like.dtype, device: like.device);

    private static float[] Floats(IEnumerable<double> values) => [.. values.Select(value => (float)value)];

    private static double[] Deltas(ExplainableBatch batch, Tensor changes, float[] values)
    {
        var deltas = new double[batch.Layout.Sequences];
        var sequences = batch.Layout.SequenceOfPlaces();
        var size = (int)changes.shape[1];
        for (var i = 0; i < values.Length; i++)
            deltas[sequences[i / size]] += values[i];
        using var frozen = no_grad();
        var ends = ParameterSet.ToArray(Scores(batch, changes, [0, 1]));
        for (var k = 0; k < batch.PartOfScore.Length; k++)
            deltas[batch.SequenceOfScore[k]] -= ends[(2 * k) + 1] - (double)ends[2 * k];
        return deltas;
    }
}
