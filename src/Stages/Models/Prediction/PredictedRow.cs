using Pipelines.Stages.Text.Labels;

namespace Pipelines.Stages.Models.Prediction;

/// <summary>A row of a table with what a model makes of it.</summary>
/// <param name="Text">As it was loaded.</param>
/// <param name="Label">The true label as the model's classes or codes spell it.</param>
public sealed record PredictedRow(string Split, string Text, string Label, Prediction Prediction)
{
    /// <summary>The probability of the true label; null where the model gives none, or cannot give the label.</summary>
    public double? LabelProbability { get; init; }

    /// <summary>
    /// The class of unknown labels is nobody's label (label stages refuse it as one), so predicting it is never correct: it says that the
    /// model cannot name the answer. Trainings, which count by class numbers, ask <see cref="ClassLabels.IsAnswer"/>.
    /// </summary>
    public bool Correct => Label == Prediction.Label;
}
