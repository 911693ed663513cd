using System.Diagnostics;
using Pipelines.Stages.Models.Prediction;

namespace Pipelines.Stages.Explaining;

/// <summary>Which label's score is explained.</summary>
public enum ExplainedLabels
{
    /// <summary>The one that the model gives.</summary>
    Predicted,

    /// <summary>The one that is right; where the model does not know it, the one it gives.</summary>
    True,

    /// <summary>Every class, one after the other; of a model that spells, the label it gives.</summary>
    Every,
}

internal static class ExplainedLabelsExtensions
{
    /// <summary>The labels to explain for one text.</summary>
    public static IReadOnlyList<string> Of(this ExplainedLabels choice, Predictor predictor, LabelledInput row, Prediction prediction) =>
        choice switch
        {
            ExplainedLabels.Predicted => [prediction.Label],
            ExplainedLabels.True => [predictor.Classes?.Contains(row.Label) ?? row.Label.Length > 0 ? row.Label : prediction.Label],
            ExplainedLabels.Every => predictor.Classes ?? [prediction.Label],
            _ => throw new UnreachableException(),
        };
}
