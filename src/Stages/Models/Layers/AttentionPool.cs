using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Models.Layers;

public abstract partial record Layer
{
    /// <summary>
    /// The mean over the steps, weighed by how much each matters: softmax of <c>tanh(step · kernel + bias) · context</c> over the steps of
    /// a text (Yang et al., 2016).
    /// </summary>
    /// <param name="Units">Width of what is compared with the context.</param>
    public sealed record AttentionPool(int Units = 64) : Layer
    {
        internal override bool? ReadsSteps => true;

        internal override LayerShape ShapeAt(LayerSite site) => site.Input.Pooled;

        internal override WeightCount? WeightsAt(LayerSite site) =>
            site.Input.Size is { } inputs ? new(((long)inputs * Units) + Units + Units) : null;

        internal override LayerFunction Build(LayerSite site, LayerWeights weights)
        {
            var compared = new Models.Dense(weights.Parameters, site.Name, site.Inputs, Units);
            var context = weights.Parameters.Add(
                $"{site.Name}.context", random => Initializers.GlorotUniform(random, Units, 1), [Units, 1], isKernel: true);
            return (input, _) =>
            {
                var steps = ((SequenceOutput)input).Spread();
                var scores = steps with { Values = compared.Apply(steps.Values).tanh().mm(context.Value) };
                var absences = new PaddedTexts(steps.Layout.Lengths).Absences(scores.Values.device).unsqueeze(2);
                var shares = Padded(scores, (layout, _) => layout.Positions).Plus(absences).softmax(1);
                return new PooledOutput((Padded(steps, (layout, _) => layout.Positions) * shares).sum(1));
            };
        }
    }
}
