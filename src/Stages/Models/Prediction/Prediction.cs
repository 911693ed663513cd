
namespace Pipelines.Stages.Models.Prediction;

/// <summary>A text as models read it.</summary>
/// <param name="Text">Cleaned and lemmatized, as in the column <c>text</c>.</param>
/// <param name="Ids">Of its tokens, without padding; empty when the chain has no tokenizer.</param>
public sealed record ModelInput(string Text, int[] Ids);

/// <summary>A label with its probability.</summary>
/// <param name="Score">What the model gave it before: a logit or a margin; null: the model has none.</param>
public sealed record Candidate(string Label, double Confidence, double? Score = null);

/// <summary>A probability a class, and the raw scores that they were made of; null: the model has none.</summary>
internal sealed record ScoredClasses(float[] Probabilities, float[]? Raw);

/// <param name="Confidence">Probability the model gives its label.</param>
/// <param name="Top">The likeliest labels, best first, the predicted one included.</param>
public sealed record Prediction(string Label, double Confidence, IReadOnlyList<Candidate> Top);
