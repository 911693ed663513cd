namespace Pipelines.Stages.Models.Layers;

public abstract partial record Layer
{
    /// <summary>Sets a share of the values to zero while training.</summary>
    public sealed record Dropout(double Rate) : Layer
    {
        internal override bool? ReadsSteps => null;

        internal override LayerShape ShapeAt(LayerSite site) => site.Input;

        internal override LayerFunction Build(LayerSite site, LayerWeights weights) => (input, masks) => input switch
        {
            _ when !masks.Drop(Rate) => input,
            PooledOutput pooled => new PooledOutput(masks.Apply(pooled.Values, Rate)),
            // Every occurrence of a word gets a mask of its own.
            SequenceOutput { Index: not null } steps => new SequenceOutput(masks.Apply(steps.Spread().Values, Rate), steps.Layout),
            SequenceOutput steps => steps with { Values = masks.Apply(steps.Values, Rate) },
            _ => throw new NotSupportedException($"{input.GetType()} has no dropout."),
        };
    }
}
