using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Kinds.Select;

/// <summary>Hands on the best of several models by one of their metrics.</summary>
[Stage("select/best", Version = 1)]
public sealed class SelectBest : Stage<SelectBest.Inputs, SelectBest.Params, SelectBest.Outputs>
{
    public sealed record Inputs(IReadOnlyList<Model> Models, [PairedWith("models")] IReadOnlyList<Metrics> Metrics);

    public sealed record Params(string Metric, Goal Goal = Goal.Auto);

    /// <summary>Model and metrics are those of the winner, unchanged, so what follows is kept as long as it wins.</summary>
    public sealed record Outputs(Model Model, Metrics Metrics, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var goal = parameters.Goal.For(parameters.Metric);
        var candidates = Candidates.Of(inputs.Models, inputs.Metrics, parameters.Metric);
        var best = Candidates.Best(candidates, parameters.Metric, goal);
        context.Log
            .Info(
                FormattableString.Invariant(
                    $"{best.Name} has the {PortName.Dashed(goal.ToString())} {parameters.Metric}: {best.Value:0.######}"));
        return new(
            best.Model, best.Metrics,
            await context.Write.CardAsync(SelectionCard.Of(candidates, best, parameters.Metric, goal), cancellation).ConfigureAwait(false));
    }
}
