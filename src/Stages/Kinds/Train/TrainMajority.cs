using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Models.LinearModels;

namespace Pipelines.Stages.Kinds.Train;

/// <summary>Answers every text with the most frequent class of the training rows: what any model has to beat.</summary>
[Stage("train/majority", Version = 1)]
public sealed class TrainMajority : Stage<TrainMajority.Inputs, TrainMajority.Params, TrainMajority.Outputs>
{
    public sealed record Inputs([Reads(Columns.Split + "?", Columns.Target)] Table Rows);

    public sealed record Params;

    public sealed record Outputs(Model Model, Metrics Metrics, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var data = await LinearData.ReadAsync(inputs.Rows, parameters: null, context, cancellation).ConfigureAwait(false);
        // Without words naive Bayes is left with the shares of the classes.
        var weights = NaiveBayes.Fit(data.Training, alpha: 1);
        var most = Array.IndexOf(weights.Intercepts, weights.Intercepts.Max());
        CardItem[] facts =
        [
            new Fact("majority_class", data.Classes[most], ValueFormat.Code),
            new Fact("share", Math.Exp(weights.Intercepts[most]), ValueFormat.Percent),
        ];
        var (model, metrics, card) = await LinearOutputs.WriteAsync("majority", data, weights, facts, context, cancellation)
            .ConfigureAwait(false);
        return new(model, metrics, card);
    }
}
