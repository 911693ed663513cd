using Pipelines.Stages.Contracts;
using Pipelines.Stages.Models.LinearModels;

namespace Pipelines.Stages.Kinds.Train;

/// <summary>Trains multinomial naive Bayes on the words of texts, as scikit-learn's MultinomialNB.</summary>
[Stage("train/naive-bayes", Version = 1)]
public sealed class TrainNaiveBayes : Stage<TrainNaiveBayes.Inputs, TrainNaiveBayes.Params, TrainNaiveBayes.Outputs>
{
    public sealed record Inputs([Reads(Columns.Split + "?", Columns.Text, Columns.Target)] Table Rows);

    public sealed record Params([Inlined] BagOfWordsParams Words, double Alpha = 1, bool UniformPrior = false);

    public sealed record Outputs(Model Model, Metrics Metrics, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var data = await LinearData.ReadAsync(inputs.Rows, parameters.Words, context, cancellation).ConfigureAwait(false);
        data.Check(copies: 2);
        var weights = NaiveBayes.Fit(data.Training, parameters.Alpha, parameters.UniformPrior);
        var (model, metrics, card) = await LinearOutputs.WriteAsync("naive-bayes", data, weights, [], context, cancellation)
            .ConfigureAwait(false);
        return new(model, metrics, card);
    }
}
