using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Models.Layers;

namespace Pipelines.Stages.Kinds.Select;

/// <summary>Takes one head of a model with several, as a model of its own.</summary>
[Stage("select/head", Version = 1)]
public sealed class SelectHead : Stage<SelectHead.Inputs, SelectHead.Params, SelectHead.Outputs>
{
    public sealed record Inputs(Model Model);

    public sealed record Params(string Head);

    public sealed record Outputs(Model Model, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var (model, head) = await SingleHead.WriteAsync(inputs.Model, parameters.Head, context, cancellation).ConfigureAwait(false);
        CardContent card = new(
            new Fact("head", head.Head.Name, ValueFormat.Code), new Fact("classes", head.Classes, ValueFormat.Integer));
        return new(model, await context.Write.CardAsync(card, cancellation).ConfigureAwait(false));
    }
}
