using Pipelines.Stages.Contracts.Cards;

namespace Pipelines.Stages.Models.Prediction;

/// <summary>Some predictions in the report.</summary>
internal static class ExamplesGrid
{
    private const int MaxCharacters = 200;

    public static Grid Of(string name, IEnumerable<PredictedRow> rows) => new(
        name,
        [
            new("text"), new("label", ValueFormat.Code), new("predicted", ValueFormat.Code), new("confidence", ValueFormat.Percent),
            new("correct", ValueFormat.Check),
        ],
        [.. rows.Select(row => (IReadOnlyList<object?>)
            [Shortened(row.Text), row.Label, row.Prediction.Label, row.Prediction.Confidence, row.Correct])]);

    public static string Shortened(string text) => text.Length <= MaxCharacters ? text : text[..MaxCharacters] + "…";
}
