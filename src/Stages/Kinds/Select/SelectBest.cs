using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Kinds.Select;

/// <summary>Hands on the best of several models by one of their metrics.</summary>
[Stage("select/best", Version = 2)]
public sealed class SelectBest : Stage<SelectBest.Inputs, SelectBest.Params, SelectBest.Outputs>
{
    public sealed record Inputs(IReadOnlyList<Model> Models, [PairedWith("models")] IReadOnlyList<Metrics> Metrics);

    public sealed record Params(
        string Metric, Goal Goal = Goal.Auto, [RepetitionsOf("models")] IReadOnlyList<int>? Repetitions = null);

    /// <summary>Model and metrics are those of the winner, unchanged, so what follows is kept as long as it wins.</summary>
    public sealed record Outputs(Model Model, Metrics Metrics, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var goal = parameters.Goal.For(parameters.Metric);
        var candidates = Candidates.Of(inputs.Models, inputs.Metrics, parameters.Metric, parameters.Repetitions);
        var selection = Selection.Of(candidates, parameters.Metric, goal);
        context.Log.Info(Sentence(selection, parameters.Metric, goal));
        return new(
            selection.Chosen.Model, selection.Chosen.Metrics,
            await context.Write.CardAsync(SelectionCard.Of(candidates, selection, parameters.Metric, goal), cancellation)
                .ConfigureAwait(false));
    }

    private static string Sentence(Selection selection, string metric, Goal goal)
    {
        var (best, extreme) = (selection.Best, PortName.Dashed(goal.ToString()));
        var sentence = best.Candidates.Count > 1
            ? FormattableString.Invariant(
                $"{selection.Chosen.Name} is nearest to the {extreme} mean {metric} of {best.Candidates.Count} seeds: {best.Mean:0.######}")
            : FormattableString.Invariant($"{selection.Chosen.Name} has the {extreme} {metric}: {best.Mean:0.######}");
        return selection.Tied.Count == 0
            ? sentence
            : $"{sentence}, as good as {string.Join(", ", selection.Tied.Select(tied => tied.Typical.Name))}";
    }
}
