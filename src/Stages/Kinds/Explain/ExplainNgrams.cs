using Pipelines.Stages.Contracts;
using Pipelines.Stages.Explaining;
using Pipelines.Stages.Models.Prediction;

namespace Pipelines.Stages.Kinds.Explain;

/// <summary>
/// Adds up over many texts which words and runs of words speak for and against each label, beside what the training rows say.
/// </summary>
[Stage("explain/ngrams", Version = 2, Uses = Uses.Seed | Uses.Torch)]
public sealed class ExplainNgrams : Stage<ExplainNgrams.Inputs, ExplainNgrams.Params, ExplainNgrams.Outputs>
{
    public sealed record Inputs(
        Model Model,
        [Reads(TableRows.Split, TableRows.Raw, TableRows.Text, TableRows.Label, TableRows.Ids, TableRows.Length, TableRows.TargetIds)]
        Table Rows);

    public sealed record Params(
        int Texts = 200, string Split = Splits.Test, ExplainedLabels Labels = ExplainedLabels.Predicted, ExplanationMethod? Method = null,
        int Longest = 3, int Top = 20, int MinTexts = 2);

    public sealed record Outputs(
        [Writes(Columns.Label, NgramRows.Ngram, NgramRows.Length, NgramRows.Score, NgramRows.Mean, NgramRows.Texts, NgramRows.Positive,
            NgramRows.TrainingTexts, NgramRows.TrainingShare, NgramRows.LabelShare, NgramRows.Association)] Table Ngrams,
        Metrics Metrics, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var explained = await ExplanationRun.ExplainAsync(
            inputs.Model, inputs.Rows, new(parameters.Texts, parameters.Split, parameters.Labels), context, parameters.Method, cancellation)
            .ConfigureAwait(false);
        var training = await TableRows.ReadTrainingAsync(inputs.Rows, cancellation).ConfigureAwait(false);
        var rows = NgramRows.Of(explained, training, parameters.Longest, parameters.Top, parameters.MinTexts);
        Dictionary<string, double> metrics = new(StringComparer.Ordinal)
        {
            ["texts"] = explained.Count,
            ["labels"] = rows.All.Select(row => row.Label).Distinct().Count(),
            ["bias_candidates"] = rows.BiasCandidates.Count,
        };
        return new(
            await context.Write.TableAsync(EncodingChain.Empty, new[] { rows.ToBatch() }.ToAsyncEnumerable(), cancellation)
                .ConfigureAwait(false),
            await context.Write.MetricsAsync(metrics, cancellation).ConfigureAwait(false),
            await context.Write.CardAsync(new(rows.ToCard()), cancellation).ConfigureAwait(false));
    }
}
