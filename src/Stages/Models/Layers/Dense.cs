using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Layers;

public abstract partial record Layer
{
    /// <summary>
    /// Weighted sums of all values. The last one gives scores before the activation: the loss and the probabilities apply it.
    /// </summary>
    /// <param name="Units">Null in the last layer: as many as there are classes.</param>
    public sealed record Dense(Activation Activation = Activation.Softmax, int? Units = null) : Layer
    {
        internal override bool? ReadsSteps => false;

        internal override LayerShape ShapeAt(LayerSite site)
        {
            if (!site.IsLast)
                return new(Units ?? throw site.Wrong(
                    "A dense layer inside the network needs its number of units.", "Write `dense: { units: 64, activation: relu }`."),
                    HasSteps: false);
            if (Activation == Activation.Sigmoid)
                CheckOdds(site);
            else if (Units is { } units && site.Data.Classes is { } classes && units != classes)
                throw site.Wrong($"The last layer has {units} units for {classes} classes.", "Leave `units` out.", "units");
            return new(site.Data.Classes, HasSteps: false);
        }

        internal override WeightCount? WeightsAt(LayerSite site) => site.Input.Size is not { } inputs ? null
            : !site.IsLast ? new((inputs + 1L) * (Units ?? 0))
            : Activation == Activation.Sigmoid || site.Data.IsNumber ? new(inputs + 1L)
            : new(0, PerClass: inputs + 1L);

        internal override LayerFunction Build(LayerSite site, LayerWeights weights)
        {
            // The log-odds of the second class, half of it for that class and half against the first: so either can be explained.
            if (site.IsLast && Activation == Activation.Sigmoid)
                return Sums(site, weights, 1, odds => cat([odds.Times(-0.5), odds.Times(0.5)], 1));
            return site.IsLast
                ? Sums(site, weights, site.Data.Classes!.Value, sums => sums)
                : Sums(site, weights, Units!.Value, sums => Activation.Apply(sums));
        }

        private void CheckOdds(LayerSite site)
        {
            if (Units is not (null or 1))
                throw site.Wrong($"A sigmoid output is one number for two classes, not {Units}.", "Leave `units` out.", "units");
            if (site.Data.Classes is { } classes and not 2)
                throw site.Wrong($"A sigmoid output tells two classes apart, and there are {classes}.", "Use `dense: softmax`.");
        }

        private static LayerFunction Sums(LayerSite site, LayerWeights weights, int units, Func<Tensor, Tensor> activate)
        {
            var dense = new Models.Dense(weights.Parameters, site.Name, site.Inputs, units);
            return (input, _) => new PooledOutput(activate(dense.Apply(input.Values)));
        }
    }
}
