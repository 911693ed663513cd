using Pipelines.Stages.Models;
using static TorchSharp.torch;

namespace Pipelines.Stages.Explain.Attribution;

/// <summary>What each word's vector contributed to the predicted scores, beside the baseline.</summary>
/// <param name="Values">Places x size.</param>
/// <param name="Deltas">Of each sequence: sum of its values minus the change of its scores; 0 for an exact integral.</param>
internal sealed record PlaceAttributions(float[] Values, double[] Deltas);

/// <summary>
/// Integrated gradients (Sundararajan, Taly, Yan 2017): (x - x') times the mean gradient on the way from the baseline x' to x, all points of the
/// way and all texts in one batch.
/// </summary>
internal static class IntegratedGradients
{
    /// <param name="part">The part of the prediction to explain; null: all parts together.</param>
    public static PlaceAttributions Of(ExplainableBatch batch, GaussLegendre rule, int? part = null)
    {
        using var scope = NewDisposeScope();
        var steps = rule.Points.Length;
        var (places, size) = (batch.Inputs.shape[0], batch.Inputs.shape[1]);
        var change = (batch.Inputs - batch.Baseline).detach();
        var points = batch.Baseline.unsqueeze(1).addcmul(change.unsqueeze(1), Row(rule.Points, change).reshape(1, steps, 1), 1)
            .reshape(places * steps, size).detach().requires_grad_(true);
        var scores = batch.Scores(Copied(batch.Layout, steps), points, steps);
        var wanted = part is null ? scores.sum() : (scores * Selected(batch, part.Value, steps, scores)).sum();
        var gradient = autograd.grad([wanted], [points])[0].reshape(places, steps, size);
        var attributions = change * Row(rule.Weights, change).reshape(1, 1, steps).expand(places, 1, steps).bmm(gradient).squeeze(1);
        var values = ParameterSet.ToArray(attributions);
        return new(values, Deltas(batch, values, (int)size, part));
    }

    /// <summary>Every sequence several times in a row: place p becomes the places p · copies to p · copies + copies - 1.</summary>
    public static PackedLayout Copied(PackedLayout layout, int copies) =>
        PackedLayout.Of([.. layout.Lengths.SelectMany(length => Enumerable.Repeat(length, copies))]);

    private static Tensor Row(double[] values, Tensor like) =>
        tensor(Array.ConvertAll(values, value => (float)value), dtype: like.dtype, device: like.device);

    /// <summary>1 for the scores of one part, 0 for the others.</summary>
    private static Tensor Selected(ExplainableBatch batch, int part, int copies, Tensor like)
    {
        float[] selected = [.. batch.PartOfScore.SelectMany(other => Enumerable.Repeat(other == part ? 1f : 0f, copies))];
        return tensor(selected, dtype: like.dtype, device: like.device);
    }

    private static double[] Deltas(ExplainableBatch batch, float[] values, int size, int? part)
    {
        var deltas = new double[batch.Layout.Sequences];
        var sequences = batch.Layout.SequenceOfPlaces();
        for (var i = 0; i < values.Length; i++)
            deltas[sequences[i / size]] += values[i];
        using var frozen = no_grad();
        var (end, start) = (Scores(batch, batch.Inputs), Scores(batch, batch.Baseline));
        for (var k = 0; k < end.Length; k++)
            if (part is null || batch.PartOfScore[k] == part)
                deltas[batch.SequenceOfScore[k]] -= end[k] - (double)start[k];
        return deltas;
    }

    private static float[] Scores(ExplainableBatch batch, Tensor places) => ParameterSet.ToArray(batch.Scores(batch.Layout, places, 1));
}
