using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Text.Labels;

namespace Pipelines.Stages.Models.Prediction;

/// <summary>Some predictions in the report.</summary>
internal static class ExamplesGrid
{
    private const int MaxCharacters = 200;

    /// <param name="book">What the labels mean; null: it is not shown.</param>
    public static Grid Of(string name, IEnumerable<PredictedRow> rows, LabelMeanings? book = null) => new(
        name,
        [
            new("text"), new("label", ValueFormat.Code), new("predicted", ValueFormat.Code), new("confidence", ValueFormat.Percent),
            new("correct", ValueFormat.Check),
        ],
        [.. rows.Select(row => (IReadOnlyList<object?>)
        [
            Shortened(row.Text), book?.Named(row.Label) ?? row.Label, book?.Named(row.Prediction.Label) ?? row.Prediction.Label,
            row.Prediction.Confidence, row.Correct,
        ])]);

    public static string Shortened(string text) => text.Length <= MaxCharacters ? text : text[..MaxCharacters] + "…";
}
