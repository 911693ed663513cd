using Pipelines.Stages.Models;
using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Explaining;

/// <summary>What each word's vector contributed to the predicted scores, beside the baseline.</summary>
/// <param name="Values">Positions x size.</param>
/// <param name="Changes">Of each sequence: how far its scores lie from those of the baseline.</param>
/// <param name="Deltas">Of each sequence: sum of its values minus the change of its scores; 0 for an exact integral.</param>
internal sealed record PositionAttributions(float[] Values, double[] Changes, double[] Deltas)
{
    /// <summary>Values of each part of the prediction by itself, if asked for.</summary>
    public IReadOnlyList<float[]> ByPart { get; init; } = [];
}

/// <summary>
/// Integrated gradients (Sundararajan, Taly, Yan 2017): (x - x') times the mean gradient on the way from the baseline x' to x, all points
/// of the way and all texts in one batch.
/// </summary>
internal static class IntegratedGradients
{
    /// <param name="byPart">Also each part of the prediction by itself.</param>
    public static PositionAttributions Of(ExplainableBatch batch, GaussLegendre rule, bool byPart = false)
    {
        using var scope = NewDisposeScope();
        var inputs = Points(batch, rule.Points).requires_grad_(true);
        var scores = Scores(batch, inputs, rule.Points.Length).mv(Row(rule.Weights, inputs));
        var values = Attributions(batch, scores.sum(), inputs, isLast: !byPart);
        var changes = Changes(batch);
        return new(values, changes, Deltas(batch, values, changes))
        {
            ByPart = byPart
                ? [.. Enumerable.Range(0, batch.Parts)
                    .Select(part => Attributions(batch, scores.dot(Selected(batch, part, inputs)), inputs))]
                : [],
        };
    }

    /// <summary>Inputs on the way from the baseline, those of one position side by side.</summary>
    /// <param name="alphas">Where on the way: 0 is the baseline, 1 the input.</param>
    private static Tensor Points(ExplainableBatch batch, double[] alphas)
    {
        var (start, delta) = (batch.Baseline.unsqueeze(1), (batch.Inputs - batch.Baseline).unsqueeze(1));
        return (start + (delta * Row(alphas, delta).reshape(1, -1, 1))).reshape(-1, batch.Inputs.shape[1]).detach();
    }

    /// <param name="score">In which each point counts as much as the quadrature says.</param>
    private static float[] Attributions(ExplainableBatch batch, Tensor score, Tensor inputs, bool isLast = false)
    {
        var gradient = autograd.grad([score], [inputs], retain_graph: !isLast)[0];
        var points = inputs.shape[0] / Math.Max(1, batch.Inputs.shape[0]);
        var integrated = gradient.reshape(batch.Inputs.shape[0], points, batch.Inputs.shape[1]).sum(1);
        return ParameterSet.ToArray(integrated * (batch.Inputs - batch.Baseline));
    }

    /// <summary>Scores x points.</summary>
    private static Tensor Scores(ExplainableBatch batch, Tensor inputs, int count) =>
        batch.Scores(batch.Layout.Repeated(count), inputs, count).reshape(-1, count);

    /// <summary>1 for the scores of one part, 0 for the others.</summary>
    private static Tensor Selected(ExplainableBatch batch, int part, Tensor like) =>
        Row(batch.PartOfScore.Select(other => other == part ? 1.0 : 0.0), like);

    private static Tensor Row(IEnumerable<double> values, Tensor like)
    {
        float[] row = [.. values.Select(value => (float)value)];
        return Numbers.Of(row, [row.Length], like.device);
    }

    private static double[] Changes(ExplainableBatch batch)
    {
        var changes = new double[batch.Layout.Sequences];
        using var frozen = no_grad();
        var ends = ParameterSet.ToArray(Scores(batch, Points(batch, [0, 1]), count: 2));
        for (var k = 0; k < batch.PartOfScore.Length; k++)
            changes[batch.SequenceOfScore[k]] += ends[(2 * k) + 1] - (double)ends[2 * k];
        return changes;
    }

    private static double[] Deltas(ExplainableBatch batch, float[] values, double[] changes)
    {
        double[] deltas = [.. changes.Select(change => -change)];
        var sequences = batch.Layout.SequenceOfPositions();
        var size = (int)batch.Inputs.shape[1];
        for (var i = 0; i < values.Length; i++)
            deltas[sequences[i / size]] += values[i];
        return deltas;
    }
}
