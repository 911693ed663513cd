using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Measures;
using Pipelines.Stages.Models.Prediction;

namespace Pipelines.Stages.Kinds.Evaluate;

/// <summary>What a model's confidence is worth, in the report.</summary>
internal static class ConfidenceFigures
{
    /// <summary>None where the model is equally sure of everything.</summary>
    public static IEnumerable<CardItem> Of(IReadOnlyList<PredictedRow> rows)
    {
        (double Confidence, bool Correct)[] answers = [.. rows.Select(row => (row.Prediction.Confidence, row.Correct))];
        var bins = Calibration.Of(answers).Bins;
        var coverage = Coverage.Of(answers);
        if (bins.Count > 1)
            yield return new LineFigure("reliability", "confidence", "accuracy",
                [
                    new("accuracy", [.. bins.Select(bin => bin.Confidence)], [.. bins.Select(bin => bin.Accuracy)]),
                    new("as_sure_as_right", [bins[0].Confidence, bins[^1].Confidence], [bins[0].Confidence, bins[^1].Confidence]),
                ],
                Format: ValueFormat.Percent);
        if (coverage.Count > 1)
            yield return new LineFigure("accuracy_by_coverage", "coverage", "accuracy",
                [new("accuracy", [.. coverage.Select(point => point.Share)], [.. coverage.Select(point => point.Accuracy)])],
                Format: ValueFormat.Percent);
    }
}
