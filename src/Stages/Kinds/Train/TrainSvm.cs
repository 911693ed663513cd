using Pipelines.Stages.Contracts;
using Pipelines.Stages.Models.LinearModels;
using Pipelines.Stages.Training;

namespace Pipelines.Stages.Kinds.Train;

/// <summary>Trains linear support vector machines on the words of texts, as scikit-learn's LinearSVC.</summary>
[Stage("train/svm", Version = 2)]
public sealed class TrainSvm : Stage<TrainSvm.Inputs, TrainSvm.Params, TrainSvm.Outputs>
{
    public sealed record Inputs([Reads(Columns.Split + "?", Columns.Text, Columns.Target)] Table Rows);

    public sealed record Params(
        [Inlined] BagOfWordsParams Words, double C = 1, ClassWeights ClassWeights = ClassWeights.Equal, double Tolerance = 1e-4,
        int Iterations = 1000);

    public sealed record Outputs(Model Model, Metrics Metrics, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var data = await LinearData.ReadAsync(inputs.Rows, parameters.Words, context, cancellation).ConfigureAwait(false);
        data.Check(copies: 3);
        PresentClasses classes = new(data.Training);
        var costs = classes.Costs(parameters.C, parameters.ClassWeights);
        StoppingRule stop = new(parameters.Tolerance, parameters.Iterations);
        var (weights, worst) = new LinearSvm(classes.Rows).Fit(costs, parameters.C, stop, (target, iteration) =>
        {
            cancellation.ThrowIfCancellationRequested();
            context.Progress.Report(new(iteration, null, "iterations", new Dictionary<string, double> { ["class"] = target + 1 }));
        });
        var (model, metrics, card) = await LinearOutputs.WriteAsync(
            "svm", data, classes.Spread(weights),
            [
                .. LinearOutputs.Search(worst),
                new LinearLoss(parameters.C, parameters.ClassWeights, classes.Rows.Classes).OfSupportVectors(),
            ],
            context, cancellation).ConfigureAwait(false);
        return new(model, metrics, card);
    }
}
