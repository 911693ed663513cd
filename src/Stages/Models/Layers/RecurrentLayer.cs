using Pipelines.Stages.Models.Recurrent;
using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Layers;

public abstract partial record Layer
{
    /// <summary>Reads the words in order.</summary>
    /// <param name="ReturnSequences">Outputs of every step; null: where the next layer reads steps.</param>
    /// <param name="InputDropout">Share of the inputs set to zero while training, the same at every step of a text.</param>
    /// <param name="RecurrentDropout">Share of the state set to zero while training, the same at every step of a text.</param>
    public abstract record RecurrentLayer(
        int Units, bool Bidirectional, bool? ReturnSequences, double InputDropout, double RecurrentDropout) : Layer
    {
        internal override bool? ReadsSteps => true;

        internal abstract IRecurrentCell Cell(ParameterSet parameters, string name, int inputs);

        internal override LayerShape ShapeAt(LayerSite site)
        {
            var keepSteps = ReturnSequences ?? site.StepsAreWanted;
            return new(Bidirectional ? 2 * Units : Units, keepSteps, keepSteps ? site.Input.Steps : null);
        }

        /// <summary>Of a cell that reads so many values.</summary>
        private protected abstract long WeightsOfCell(long inputs);

        internal override WeightCount? WeightsAt(LayerSite site) =>
            site.Input.Size is { } inputs ? new(WeightsOfCell(inputs) * (Bidirectional ? 2 : 1)) : null;

        internal override LayerFunction Build(LayerSite site, LayerWeights weights)
        {
            var keepSteps = ShapeAt(site).HasSteps;
            if (!Bidirectional)
            {
                var cell = Cell(weights.Parameters, site.Name, site.Inputs);
                return (input, masks) => Run(cell, (SequenceOutput)input, masks);
            }
            var forward = Cell(weights.Parameters, $"{site.Name}.forward", site.Inputs);
            var backward = Cell(weights.Parameters, $"{site.Name}.backward", site.Inputs);
            return (input, masks) =>
            {
                var output = Run(forward, (SequenceOutput)input, masks);
                var other = Run(backward, (SequenceOutput)input, masks, reverse: true);
                return output with { Values = cat([output.Values, other.Values], 1) };
            };

            LayerOutput Run(IRecurrentCell cell, SequenceOutput steps, DropoutMasks masks, bool reverse = false)
            {
                var mask = masks.Drop(RecurrentDropout) ? masks.Mask(steps.Layout.Sequences, Units, RecurrentDropout) : null;
                var inputs = masks.Drop(InputDropout) ? Masked(steps, masks) : steps;
                RecurrentRun run = new(steps.Layout, inputs.Index, reverse, keepSteps, mask, weights.Threads);
                var projected = inputs.Points is { } points ? points.Through(cell.Project).Rows() : cell.Project(inputs.Values);
                var (last, all) = cell.Run(projected, run);
                return keepSteps ? new SequenceOutput(all!, steps.Layout) : new PooledOutput(last);
            }
        }

        private SequenceOutput Masked(SequenceOutput steps, DropoutMasks masks)
        {
            var spread = steps.Spread();
            var mask = masks.Mask(steps.Layout.Sequences, spread.Values.shape[1], InputDropout);
            var maskOfPosition = mask.index_select(0, Indices.Of(steps.Layout.SequenceOfPositions(), mask.device));
            return spread with { Values = spread.Values * maskOfPosition };
        }
    }
}
