using System.Diagnostics;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Models.LinearModels;
using Pipelines.Stages.Models.Prediction;

namespace Pipelines.Stages.Explaining.Perturbation;

/// <summary>How Shapley values are found.</summary>
public enum ShapMethod
{
    /// <summary>Linear for linear models, exact for short texts, else partition.</summary>
    Auto,

    /// <summary>All variants of the text.</summary>
    Exact,

    /// <summary>Kernel SHAP: a regression on some variants.</summary>
    Kernel,

    /// <summary>Owen values over a tree of the text's parts.</summary>
    Partition,

    /// <summary>From the coefficients of a linear model.</summary>
    Linear,
}

/// <summary>Shapley values of texts.</summary>
internal sealed class ShapExplainer(Predictor predictor, ExplanationMethod.Shap settings, ExplainerContext context)
    : PerturbationExplainer(predictor, context)
{
    public const string Evaluations = "evaluations";

    // 256 variants: less than a regression takes, and exact.
    private const int MaxExactByItself = 8;

    // A regression on more words is a system of more than a million numbers.
    private const int MaxKernelWords = 1_000;

    private LinearShap? _linear;

    protected override (IReadOnlyList<TextSpan> Words, IReadOnlyList<LabelAttributions> Labels) Explain(
        TextWords words, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        var chosen = Choose(words.Words.Count);
        if (chosen == ShapMethod.Linear)
            return (_linear ??= LinearOf()).Explain(words, names);
        var text = MaskableText.ByOccurrence(words.Text, words.Words);
        var scores = ScoresOf(text, names, cancellation);
        var result = chosen switch
        {
            ShapMethod.Exact => ShapleyValues.Explain(text.Features, scores),
            ShapMethod.Kernel => KernelShap.Explain(text.Features, scores, settings.Samples ?? KernelShap.DefaultSamples(text.Features),
                RandomFor(words.Text, RandomStreams.ShapSamples)),
            ShapMethod.Partition =>
                OwenValues.Explain(text.Features, TokenTree.Of(words), scores, settings.Samples ?? OwenValues.DefaultEvaluations),
            ShapMethod.Auto or ShapMethod.Linear => throw new UnreachableException(),
            _ => throw new UnreachableException(),
        };
        return (words.Words, [.. names.Select((name, i) => new LabelAttributions(name, result.Scores[i], result.Base[i], result.Whole[i])
        {
            Measures = new Dictionary<string, double> { [Evaluations] = result.Evaluations },
        })]);
    }

    private ShapMethod Choose(int words) => settings.Method switch
    {
        ShapMethod.Auto => Predictor is ILinear ? ShapMethod.Linear : words <= MaxExactByItself ? ShapMethod.Exact : ShapMethod.Partition,
        ShapMethod.Exact when words > ShapleyValues.MaxFeatures => throw new StageException(
            $"A text of {words} words has too many variants for exact Shapley values.")
        {
            Help = "Use kernel or partition, or texts of at most 16 words.",
            Parameter = "method",
        },
        ShapMethod.Kernel when words > MaxKernelWords => ShapMethod.Partition,
        ShapMethod.Exact or ShapMethod.Kernel or ShapMethod.Partition or ShapMethod.Linear => settings.Method,
        _ => throw new UnreachableException(),
    };

    private LinearShap LinearOf() => Predictor is ILinear linear
        ? new(Predictor, linear.Linear, Context.Background ?? [])
        : throw new StageException("This model is no weighted sum of words, so it has no linear SHAP values.")
        {
            Help = "Use auto, kernel or partition, which only ask for predictions.",
            Parameter = "method",
        };
}
