namespace Pipelines.Stages.Models.Prediction;

/// <summary>A raw text with its prediction and what the model could not read of it.</summary>
/// <param name="Tokens">How many tokens the model read.</param>
/// <param name="Unknown">Tokens outside its vocabulary.</param>
public sealed record PredictedText(string Text, Prediction Prediction, int Tokens, IReadOnlyList<string> Unknown)
{
    public static PredictedText Of(Predictor predictor, string text, Prediction prediction)
    {
        var tokens = predictor.Tokens(text);
        return new(text, prediction, tokens.Count, [.. tokens.Where(token => !token.Known).Select(token => token.Text)]);
    }
}
