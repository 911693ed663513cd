using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Models.Layers;

public abstract partial record Layer
{
    /// <summary>The values of all steps one after the other: as many as texts are padded to, zeros for those a text lacks.</summary>
    public sealed record Flatten : Layer
    {
        internal override bool? ReadsSteps => true;

        internal override LayerShape ShapeAt(LayerSite site) => site switch
        {
            { Data.AreKnown: true, Input.Steps: null } => throw site.Wrong(
                "flatten needs texts that are padded to one length.", "Put a pad stage before this one, or pool instead."),
            { Input: { Steps: { } steps, Size: { } size } } => new(steps * size, HasSteps: false),
            _ => new(null, HasSteps: false),
        };

        internal override LayerFunction Build(LayerSite site, LayerWeights weights)
        {
            var width = site.Input.Steps!.Value;
            return (input, _) =>
            {
                var steps = ((SequenceOutput)input).Spread();
                var positions = PaddedPositions.Of(steps.Layout, width, site.Data.Side, (layout, _) => layout.Positions);
                return new PooledOutput(Rows.GatherOrZero(steps.Values, positions).reshape(steps.Layout.Sequences, -1));
            };
        }
    }
}
