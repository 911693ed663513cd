using Pipelines.Stages.Contracts;
using Pipelines.Stages.Models.LinearModels;
using Pipelines.Stages.Training;

namespace Pipelines.Stages.Kinds.Train;

/// <summary>Trains multinomial logistic regression on the words of texts, as scikit-learn's LogisticRegression.</summary>
[Stage("train/logistic", Version = 2)]
public sealed class TrainLogistic : Stage<TrainLogistic.Inputs, TrainLogistic.Params, TrainLogistic.Outputs>
{
    public sealed record Inputs([Reads(Columns.Split + "?", Columns.Text, Columns.Target)] Table Rows);

    public sealed record Params(
        [Inlined] BagOfWordsParams Words, double C = 1, ClassWeights ClassWeights = ClassWeights.Equal, double Tolerance = 1e-4,
        int Iterations = 1000);

    public sealed record Outputs(Model Model, Metrics Metrics, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var data = await LinearData.ReadAsync(inputs.Rows, parameters.Words, context, cancellation).ConfigureAwait(false);
        data.Check(copies: 26);
        PresentClasses classes = new(data.Training);
        LogisticRegression regression = new(classes.Rows, classes.Costs(parameters.C, parameters.ClassWeights));
        var (weights, found) = regression.Fit(new(parameters.Tolerance, parameters.Iterations), (iteration, objective) =>
        {
            cancellation.ThrowIfCancellationRequested();
            context.Progress.Report(
                new(iteration, null, "iterations", new Dictionary<string, double> { ["loss"] = objective / data.Training.Count }));
        });
        var (model, metrics, card) = await LinearOutputs.WriteAsync(
            "logistic", data, classes.Spread(weights),
            [
                .. LinearOutputs.Search(found),
                new LinearLoss(parameters.C, parameters.ClassWeights, classes.Rows.Classes).OfLogisticRegression(),
            ],
            context, cancellation).ConfigureAwait(false);
        return new(model, metrics, card);
    }
}
