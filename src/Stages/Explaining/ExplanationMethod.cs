using Pipelines.Stages.Contracts;
using Pipelines.Stages.Explaining.Gradients;
using Pipelines.Stages.Explaining.Perturbation;
using Pipelines.Stages.Models;
using Pipelines.Stages.Models.Prediction;

namespace Pipelines.Stages.Explaining;

/// <summary>What a method needs besides its own settings.</summary>
/// <param name="Background">Texts as the model reads them that linear SHAP values are compared with; none: with an empty text.</param>
/// <param name="Batch">Points of integrated gradients that are computed at once.</param>
public sealed record ExplainerContext(
    ExplainedLabels Labels = ExplainedLabels.Predicted, ulong Seed = 0, int Threads = 1, IReadOnlyList<string>? Background = null,
    int Batch = 512);

/// <summary>A way to say what words contribute, with its settings.</summary>
public abstract record ExplanationMethod
{
    /// <summary>By the name that a user types.</summary>
    public static IReadOnlyDictionary<string, Func<ExplanationMethod>> ByName { get; } =
        new Dictionary<string, Func<ExplanationMethod>>(StringComparer.Ordinal)
        {
            ["integrated-gradients"] = () => new IntegratedGradients(),
            ["lime"] = () => new Lime(),
            ["shap"] = () => new Shap(),
            ["attention"] = () => new Attention(),
        };

    /// <summary>Gradients where the model has them, else Shapley values.</summary>
    public static ExplanationMethod DefaultOf(Predictor predictor) => predictor is IExplainable ? new IntegratedGradients() : new Shap();

    /// <summary>As in pipeline files and on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>Whether a word speaks for a label or against it, or only counts.</summary>
    public virtual bool IsSigned => true;

    /// <summary>Makes the method ready to explain what a model predicts.</summary>
    /// <exception cref="StageException">The model lacks what the method needs.</exception>
    public abstract IExplainer Of(Predictor predictor, ExplainerContext context);

    /// <param name="Steps">Points on the way, to begin with; they are doubled until the contributions of a text add up.</param>
    /// <param name="MaxSteps">How far they are doubled; no more than <paramref name="Steps"/>: never.</param>
    public sealed record IntegratedGradients(
        int Steps = 50, QuadratureRule Quadrature = QuadratureRule.GaussLegendre, int MaxSteps = 1_024) : ExplanationMethod
    {
        public override string Name => "integrated-gradients";

        public override IExplainer Of(Predictor predictor, ExplainerContext context) => new IntegratedGradientsExplainer(
            predictor, context.Labels, this, byCharacter: false, context.Batch, context.Threads);
    }

    /// <param name="Samples">Variants of the text, itself among them.</param>
    /// <param name="Words">How many words an explanation names.</param>
    /// <param name="KernelWidth">How fast variants count less that lack more words.</param>
    /// <param name="Repetitions">How many times a text is explained with other random numbers; the first is shown.</param>
    public sealed record Lime(int Samples = 5_000, int Words = 10, double KernelWidth = 25, int Repetitions = 2) : ExplanationMethod
    {
        public override string Name => "lime";

        public override IExplainer Of(Predictor predictor, ExplainerContext context) => new LimeExplainer(predictor, this, context);
    }

    /// <param name="Samples">How many variants of a text; null: what the method usually takes.</param>
    public sealed record Shap(ShapMethod Method = ShapMethod.Auto, int? Samples = null) : ExplanationMethod
    {
        public override string Name => "shap";

        public override IExplainer Of(Predictor predictor, ExplainerContext context) => new ShapExplainer(predictor, this, context);
    }

    /// <summary>What the model's own attention looked at: shares without a sign.</summary>
    public sealed record Attention : ExplanationMethod
    {
        public override string Name => "attention";

        public override bool IsSigned => false;

        public override IExplainer Of(Predictor predictor, ExplainerContext context) => new AttentionExplainer(predictor);
    }
}
