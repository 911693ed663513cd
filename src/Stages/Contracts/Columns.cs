namespace Pipelines.Stages.Contracts;

/// <summary>
/// The columns that stages agree on, so that they can be chained without naming any; docs/authoring/encoding.md says what each holds.
/// </summary>
public static class Columns
{
    public const string Split = "split";
    public const string Text = "text";
    public const string Raw = "raw";
    public const string Label = "label";
    public const string Ids = "ids";
    public const string Length = "length";
    public const string Target = "target";
    public const string TargetIds = "target_ids";

    public const string Word = "word";

    /// <summary>The numbers that stand for a word, or for a text.</summary>
    public const string Vector = "vector";

    /// <summary>The label that a model gives.</summary>
    public const string Predicted = "predicted";

    /// <summary>The probability that a model gives to what it predicts.</summary>
    public const string Confidence = "confidence";

    /// <summary>The tokens of a text, as a reader sees them.</summary>
    public const string Tokens = "tokens";

    /// <summary>How much each token speaks for what is predicted.</summary>
    public const string Attributions = "attributions";

    /// <summary>How far the attributions of a text miss what they should add up to.</summary>
    public const string Delta = "delta";

    /// <summary>Whether a prediction is right.</summary>
    public const string Correct = "correct";
}
