using Pipelines.Stages.Contracts;
using Pipelines.Stages.Measures;
using Pipelines.Stages.Models.Prediction;
using Pipelines.Stages.Text.Labels;

namespace Pipelines.Stages.Kinds.Evaluate;

/// <summary>Measures how well codes are predicted character by character, each measure under a name that says what it is.</summary>
[Stage("evaluate/sequence", Version = 3, Uses = Uses.Torch)]
public sealed class EvaluateSequence : Stage<EvaluateSequence.Inputs, EvaluateSequence.Params, EvaluateSequence.Outputs>
{
    public sealed record Inputs(
        Model Model,
        [Reads(TableRows.Split, TableRows.Raw, TableRows.Text, TableRows.Label, TableRows.Ids, TableRows.Length, TableRows.TargetIds)]
        Table Rows);

    public sealed record Params(IReadOnlyList<string>? Splits = null, bool? ValidCodesOnly = null, int Examples = 12);

    public sealed record Outputs(
        [Writes(Columns.Split, Columns.Text, Columns.Label, Columns.Predicted, Columns.Confidence, Columns.Correct)] Table Predictions,
        Metrics Metrics, Card Card);

    protected override async Task<Outputs> RunAsync(Inputs inputs, Params parameters, StageContext context, CancellationToken cancellation)
    {
        var rows = await TableRows.ReadAsync(inputs.Rows, parameters.Splits, cancellation).ConfigureAwait(false);
        var (predicted, forced) = await Predictions.MakeAsync(
            inputs.Model, rows, parameters.ValidCodesOnly, predictor => TeacherForced(predictor, rows, cancellation), context, cancellation)
            .ConfigureAwait(false);
        var labels = LabelCodec.From(inputs.Model.Encoding);
        var results = predicted.Select((row, i) => (Row: row, Forced: forced?[i]))
            .GroupBy(entry => entry.Row.Split, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => SplitResult.Of(group.Key, [.. group], labels)).ToList();
        return new(
            await PredictionsTable.WriteAsync(context, inputs.Rows.Encoding, predicted, cancellation).ConfigureAwait(false),
            await context.Write.MetricsAsync(results.SelectMany(result => result.Metrics()).ToDictionary(), cancellation)
                .ConfigureAwait(false),
            await context.Write.CardAsync(SequenceCard.Of(
                results, predicted, parameters.Examples, LabelMeanings.From(inputs.Rows.Encoding)), cancellation).ConfigureAwait(false));
    }

    private static IReadOnlyList<IReadOnlyList<(int True, int Predicted)>>? TeacherForced(
        Predictor predictor, IReadOnlyList<LabelledInput> rows, CancellationToken cancellation) =>
        predictor is Seq2SeqPredictor spelling && rows.All(row => row.Codes.Length > 0)
            ? spelling.WriteTeacherForced(rows, cancellation)
            : null;

    /// <summary>The measures of one split.</summary>
    /// <param name="Tokens">Of single characters, teacher forced; null for models that are not trained that way.</param>
    /// <param name="Invalid">Share of predicted codes never seen in training; null where the codes are not known.</param>
    /// <param name="Unseen">How many true codes the model cannot give, because training had none of them.</param>
    internal sealed record SplitResult(string Split, SequenceScores Scores, ClassificationReport? Tokens, double? Invalid, long Unseen)
    {
        public double? TokenAccuracy => Tokens?.Accuracy;

        public static SplitResult Of(
            string split, IReadOnlyList<(PredictedRow Row, IReadOnlyList<(int True, int Predicted)>? Forced)> rows, LabelCodec labels)
        {
            var scores = new SequenceScores();
            foreach (var (row, _) in rows)
                scores.Add(row.Label, row.Prediction.Label);
            return new(
                split, scores,
                rows.All(entry => entry.Forced is null) ? null : TokensOf(rows.SelectMany(entry => entry.Forced!), labels.Characters),
                labels.HasCharacters
                    ? rows.Count(entry => !labels.Characters.IsValid(entry.Row.Prediction.Label)) / (double)rows.Count
                    : null,
                rows.LongCount(entry => labels.Knows(entry.Row.Label) == false));
        }

        private static ClassificationReport TokensOf(IEnumerable<(int True, int Predicted)> tokens, CharacterLabels characters) =>
            ClassificationReport.Of(
                tokens.Select(token => (characters.Characters[token.True], characters.Characters[token.Predicted])), characters.Characters);

        public (double Low, double High) ExactMatchInterval => Wilson.Interval(Scores.Exact, Scores.Rows);

        public IEnumerable<KeyValuePair<string, double>> Metrics()
        {
            yield return new($"{Split}.rows", Scores.Rows);
            yield return new($"{Split}.exact_match", Scores.ExactMatch);
            yield return new($"{Split}.exact_match_low", ExactMatchInterval.Low);
            yield return new($"{Split}.exact_match_high", ExactMatchInterval.High);
            for (var length = 1; length <= SequenceScores.Prefixes; length++)
                yield return new($"{Split}.prefix_{length}", Scores.Prefix(length));
            yield return new($"{Split}.positional_accuracy", Scores.PositionalAccuracy);
            yield return new($"{Split}.weighted_positional_accuracy", Scores.WeightedPositionalAccuracy);
            yield return new($"{Split}.unseen_labels", Unseen);
            if (Invalid is { } invalid)
                yield return new($"{Split}.invalid_codes", invalid);
            if (Tokens is null)
                yield break;
            yield return new($"{Split}.token_accuracy", Tokens.Accuracy);
            yield return new($"{Split}.token_accuracy_teacher_forced", Tokens.Accuracy);
            yield return new($"{Split}.token_macro_f1", Tokens.Macro.F1);
            yield return new($"{Split}.token_weighted_f1", Tokens.Weighted.F1);
        }
    }
}
