using Pipelines.Stages.Models;
using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Explaining.Gradients;

/// <summary>What each word's vector contributed to some scores of each sequence, beside the baseline.</summary>
/// <param name="Values">Positions x size.</param>
/// <param name="Bases">Of each sequence: its scores at the baseline, added up.</param>
/// <param name="Outputs">Of each sequence: its scores at the text, added up.</param>
/// <param name="Deltas">Of each sequence: sum of its values minus the change of its scores; 0 for an exact integral.</param>
internal sealed record PositionAttributions(float[] Values, double[] Bases, double[] Outputs, double[] Deltas);

/// <summary>
/// Integrated gradients (Sundararajan, Taly, Yan 2017): (x - x') times the mean gradient on the way from the baseline x' to x, all points
/// of the way and all texts in one batch, as far as memory allows.
/// </summary>
internal static class IntegratedGradients
{
    /// <summary>Every part of what is explained, added up.</summary>
    public const int AllParts = -1;

    /// <param name="parts">Each gets attributions of its own: a number of a part, or <see cref="AllParts"/>.</param>
    public static PositionAttributions[] Of(ExplainableBatch batch, Quadrature rule, params IReadOnlyList<int> parts)
    {
        using var scope = NewDisposeScope();
        var sums = parts.Select(_ => zeros_like(batch.Inputs)).ToArray();
        var atOnce = Math.Clamp(batch.MaxPositions / Math.Max(1, batch.Layout.Positions), 1, rule.Points.Length);
        foreach (var points in rule.Points.Zip(rule.Weights).Chunk(atOnce))
            AddGradients(batch, [.. points.Select(point => point.First)], [.. points.Select(point => point.Second)], parts, sums);
        using var frozen = no_grad();
        var ends = ParameterSet.ToArray(Scores(batch, new(batch.Baseline, Way(batch), [0, 1])));
        return [.. parts.Zip(sums, (part, sum) =>
            ToAttributions(batch, ends, part, ParameterSet.ToArray(sum * Way(batch))))];
    }

    /// <summary>Adds the gradient at some points of the way, each as much as the quadrature says.</summary>
    /// <param name="alphas">Where on the way: 0 is the baseline, 1 the input.</param>
    private static void AddGradients(ExplainableBatch batch, double[] alphas, double[] weights, IReadOnlyList<int> parts, Tensor[] sums)
    {
        using var scope = NewDisposeScope();
        // What is added to the beginning is added to every point: its gradient is the sum of theirs.
        var start = batch.Baseline.clone().requires_grad_(true);
        var scores = Scores(batch, new(start, Way(batch), alphas)).mv(Row(weights, start));
        for (var i = 0; i < parts.Count; i++)
        {
            var score = parts[i] == AllParts ? scores.sum() : scores.dot(Selected(batch, parts[i], start));
            var gradient = autograd.grad([score], [start], retain_graph: i + 1 < parts.Count)[0];
            using var frozen = no_grad();
            sums[i].Add(gradient);
        }
    }

    /// <summary>From the baseline to the text.</summary>
    private static Tensor Way(ExplainableBatch batch) => batch.Inputs - batch.Baseline;

    /// <summary>Scores x points.</summary>
    private static Tensor Scores(ExplainableBatch batch, Interpolation points) =>
        batch.Scores(batch.Layout.Repeated(points.Count), points).reshape(-1, points.Count);

    /// <summary>1 for the scores of one part, 0 for the others.</summary>
    private static Tensor Selected(ExplainableBatch batch, int part, Tensor like) =>
        Row(batch.PartOfScore.Select(other => other == part ? 1.0 : 0.0), like);

    private static Tensor Row(IEnumerable<double> values, Tensor like)
    {
        float[] row = [.. values.Select(value => (float)value)];
        return Numbers.Of(row, [row.Length], like.device);
    }

    /// <param name="ends">Each score at the baseline and at the text.</param>
    private static PositionAttributions ToAttributions(ExplainableBatch batch, float[] ends, int part, float[] values)
    {
        var (bases, outputs) = (new double[batch.Layout.Sequences], new double[batch.Layout.Sequences]);
        for (var k = 0; k < batch.PartOfScore.Length; k++)
        {
            if (part != AllParts && batch.PartOfScore[k] != part)
                continue;
            bases[batch.SequenceOfScore[k]] += ends[2 * k];
            outputs[batch.SequenceOfScore[k]] += ends[(2 * k) + 1];
        }
        double[] deltas = [.. bases.Zip(outputs, (from, to) => from - to)];
        var sequences = batch.Layout.SequenceOfPositions();
        var size = (int)batch.Inputs.shape[1];
        for (var i = 0; i < values.Length; i++)
            deltas[sequences[i / size]] += values[i];
        return new(values, bases, outputs, deltas);
    }
}
