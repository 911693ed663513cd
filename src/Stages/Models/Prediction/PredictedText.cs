using Pipelines.Stages.Text.Labels;

namespace Pipelines.Stages.Models.Prediction;

/// <summary>A raw text with its prediction and what the model could not read of it.</summary>
/// <param name="Tokens">How many tokens the model read.</param>
/// <param name="Unknown">Tokens outside its vocabulary.</param>
public sealed record PredictedText(string Text, Prediction Prediction, int Tokens, IReadOnlyList<string> Unknown)
{
    /// <summary>How many tokens at its end or beginning the model did not read.</summary>
    public int Removed { get; init; }

    /// <summary>What labels mean, as far as the model knows.</summary>
    public LabelMeanings Meanings { get; init; } = LabelMeanings.None;

    /// <summary>Then the answer is what the model gives without any text.</summary>
    public bool IsEmpty => Text.Trim().Length == 0;

    /// <summary>No token that the model read is known to it: its answer says nothing of the text.</summary>
    public bool IsUnknown => Tokens > 0 && Unknown.Count == Tokens;

    public static PredictedText Of(Predictor predictor, string text, Prediction prediction)
    {
        var (tokens, removed) = predictor.Read(text);
        return new(text, prediction, tokens.Count, [.. tokens.Where(token => !token.Known).Select(token => token.Text)])
        {
            Removed = removed,
            Meanings = predictor.Meanings,
        };
    }
}
