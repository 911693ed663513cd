using Pipelines.Stages.Contracts;
using Pipelines.Stages.Explaining;
using Pipelines.Stages.Models.Prediction;

namespace Pipelines.Stages.Kinds.Explain;

/// <summary>Looks at right and wrong predictions: which documents, by which words, and for what sort of texts errors are
/// frequent.</summary>
[Stage("explain/errors", Version = 3, Uses = Uses.Seed | Uses.Torch)]
public sealed class ExplainErrors : Stage<ExplainErrors.Inputs, ExplainErrors.Params, ExplainErrors.Outputs>
{
    public sealed record Inputs(
        Model Model,
        [Reads(TableRows.Split, TableRows.Raw, TableRows.Text, TableRows.Label, TableRows.Ids, TableRows.Length, TableRows.TargetIds)]
        Table Rows);

    /// <param name="Documents">How many well and badly classified ones of each class are explained.</param>
    /// <param name="Classes">Of how many classes, the most frequent ones.</param>
    /// <param name="Errors">How many of the most confident errors of each class are listed.</param>
    public sealed record Params(
        string Split = Splits.Test, int Documents = 2, int Classes = 6, int Errors = 3, ExplanationMethod? Method = null,
        IReadOnlyList<HardCase>? Cases = null);

    /// <param name="Note">What is hard about it, e.g. negation.</param>
    public sealed record HardCase(string Text, string Label, string? Note = null);

    public sealed record Outputs(
        [Writes(Columns.Split, Columns.Text, Columns.Label, Columns.Predicted, Columns.Confidence, ExplanationTable.Explained,
            ExplanationTable.Words, ExplanationTable.Starts, Columns.Attributions, ExplanationTable.Base, ExplanationTable.Rest,
            ExplanationTable.Output, Columns.Delta)] Table Attributions,
        Metrics Metrics, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var rows = await TableRows.ReadSplitAsync(inputs.Rows, parameters.Split, cancellation).ConfigureAwait(false);
        var training = (await TableRows.ReadTrainingAsync(inputs.Rows, cancellation).ConfigureAwait(false))
            .CountBy(row => row.Label, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var background = await ExplanationRun.BackgroundAsync(inputs.Model, inputs.Rows, cancellation).ConfigureAwait(false);
        var analysis = await ExplanationRun.WithModelAsync(inputs.Model, context, predictor =>
        {
            var predictions = predictor.Predict([.. rows.Select(row => row.Input)], cancellation: cancellation);
            ErrorAnalysis errors = new(
                [.. rows.Zip(predictions, (row, prediction) => new Document(row, prediction))], training, predictor);
            var explainer = (parameters.Method ?? ExplanationMethod.DefaultOf(predictor)).Of(
                predictor, new(ExplainedLabels.Predicted, context.Seed, context.Threads, background));
            errors.Explain(explainer, parameters, cancellation);
            return errors;
        }).ConfigureAwait(false);
        return new(
            await context.Write.TableAsync(
                inputs.Rows.Encoding, new[] { ExplanationTable.ToBatch(analysis.Explained) }.ToAsyncEnumerable(), cancellation)
                .ConfigureAwait(false),
            await context.Write.MetricsAsync(analysis.Metrics(), cancellation).ConfigureAwait(false),
            await context.Write.CardAsync(new(analysis.ToCard(parameters.Classes, parameters.Errors)), cancellation).ConfigureAwait(false));
    }

    /// <summary>A row with what the model makes of it.</summary>
    internal sealed record Document(LabelledInput Row, Prediction Prediction)
    {
        public bool IsRight => new PredictedRow(Row.Split, Row.Text, Row.Label, Prediction).Correct;
    }
}
