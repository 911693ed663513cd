using Pipelines.Stages.Contracts;
using Pipelines.Stages.Explaining;
using Pipelines.Stages.Models.Prediction;

namespace Pipelines.Stages.Kinds.Explain;

/// <summary>Explains the same texts by several methods, and measures how far these agree and whether what they say is so.</summary>
[Stage("explain/agreement", Version = 4, Uses = Uses.Seed | Uses.Torch)]
public sealed class ExplainAgreement : Stage<ExplainAgreement.Inputs, ExplainAgreement.Params, ExplainAgreement.Outputs>
{
    public sealed record Inputs(
        Model Model,
        [Reads(TableRows.Split, TableRows.Raw, TableRows.Text, TableRows.Label, TableRows.Ids, TableRows.Length, TableRows.TargetIds)]
        Table Rows);

    /// <param name="Methods">Null: gradients where the model has them, LIME and Shapley values.</param>
    /// <param name="Top">How many of the heaviest words are compared.</param>
    /// <param name="Shown">Of how many texts the methods are shown side by side.</param>
    /// <param name="Neighbours">With how many texts that lack one word the explanations of a text are compared.</param>
    public sealed record Params(
        int Texts = 20, string Split = Splits.Test, IReadOnlyList<ExplanationMethod>? Methods = null, int Top = 5, int Shown = 4,
        int Neighbours = 2);

    public sealed record Outputs(
        [Writes(Columns.Text, Columns.Label, Columns.Predicted, Columns.Confidence, ComparedMethods.Method, ExplanationTable.Words,
            ExplanationTable.Starts, Columns.Attributions, ComparedMethods.Deletion, ComparedMethods.Insertion, ComparedMethods.Infidelity,
            ComparedMethods.MaxSensitivity)] Table Attributions,
        Metrics Metrics, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        if (parameters.Methods is { } named && named.Select(method => method.Name).Distinct().Count() < named.Count)
            throw new StageException("A method is named twice.") { Help = "Name each once.", Parameter = "methods" };
        var rows = await ExplanationRun.DrawAsync(inputs.Rows, parameters.Split, parameters.Texts, context, cancellation)
            .ConfigureAwait(false);
        var background = await ExplanationRun.BackgroundAsync(inputs.Model, inputs.Rows, cancellation).ConfigureAwait(false);
        var compared = await ExplanationRun.WithModelAsync(inputs.Model, context, predictor =>
        {
            var methods = parameters.Methods ?? DefaultsOf(predictor);
            return new MethodComparison(predictor, methods, new(ExplainedLabels.Predicted, context.Seed, context.Threads, background))
                .Compare(rows, parameters.Neighbours, done => context.Progress.Report(new(done, rows.Count, "texts")), cancellation);
        }).ConfigureAwait(false);
        ComparedMethods results = new(compared, parameters.Top);
        return new(
            await context.Write.TableAsync(inputs.Rows.Encoding, new[] { results.ToBatch() }.ToAsyncEnumerable(), cancellation)
                .ConfigureAwait(false),
            await context.Write.MetricsAsync(results.Metrics(), cancellation).ConfigureAwait(false),
            await context.Write.CardAsync(new(results.ToCard(parameters.Shown)), cancellation).ConfigureAwait(false));
    }

    private static IReadOnlyList<ExplanationMethod> DefaultsOf(Predictor predictor) =>
    [
        .. new[] { ExplanationMethod.DefaultOf(predictor), new ExplanationMethod.Lime(Samples: 1_000, Repetitions: 1),
            new ExplanationMethod.Shap() }
            .DistinctBy(method => method.Name),
    ];
}
