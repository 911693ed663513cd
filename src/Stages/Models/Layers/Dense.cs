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

        internal override BuiltLayer Build(LayerSite site)
        {
            if (site.IsLast)
                return Activation == Activation.Sigmoid ? Odds(site) : Scores(site);
            if (Units is not { } units)
                throw site.Wrong(
                    "A dense layer inside the network needs its number of units.", "Write `dense: { units: 64, activation: relu }`.",
                    "units");
            return Sums(site, units, sums => Activation.Apply(sums));
        }

        private BuiltLayer Scores(LayerSite site)
        {
            if (Units is { } units && units != site.Classes)
                throw site.Wrong($"The last layer has {units} units for {site.Classes} classes.", "Leave `units` out.", "units");
            return Sums(site, site.Classes, sums => sums);
        }

        /// <summary>One score that is the log-odds of the second class, as the scores of two classes.</summary>
        private BuiltLayer Odds(LayerSite site)
        {
            if (site.Classes != 2 || Units is not (null or 1))
                throw site.Wrong($"A sigmoid output tells two classes apart, and there are {site.Classes}.", "Use `dense: softmax`.");
            return Sums(site, 1, odds => cat([zeros_like(odds), odds], 1)) with { Size = 2 };
        }

        private static BuiltLayer Sums(LayerSite site, int units, Func<Tensor, Tensor> activate)
        {
            var dense = new Models.Dense(site.Parameters, site.Name, site.Inputs, units);
            return new(units, GivesSteps: false, (input, _) => new PooledOutput(activate(dense.Apply(input.Values))));
        }
    }
}
