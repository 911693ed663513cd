using Pipelines.Stages.Contracts.Cards;
using Pipelines.Stages.Training;

namespace Pipelines.Stages.Models.LinearModels;

/// <summary>What the search for linear weights minimizes, as a formula and in words: the penalty is part of it, and C stands before the
/// rows.</summary>
/// <param name="classes">How many classes have training rows.</param>
internal sealed class LinearLoss(double c, ClassWeights weights, int classes)
{
    private bool IsWeighted => weights == ClassWeights.Balanced;

    // Two classes share one set of coefficients.
    private bool IsPair => classes <= 2;

    public Formula OfLogisticRegression()
    {
        List<string> sentences = ["loss_logistic", IsPair ? "loss_logistic_pair" : "loss_logistic_classes"];
        List<string> lines =
        [
            $"L = ½ Σ w² − C Σᵢ {(IsWeighted ? "v(yᵢ) " : "")}log pᵢ(yᵢ)",
            IsPair
                ? "pᵢ(2) = 1 / (1 + exp(−w · xᵢ − b)), pᵢ(1) = 1 − pᵢ(2)"
                : "pᵢ(c) = exp(w_c · xᵢ + b_c) / Σ_k exp(w_k · xᵢ + b_k)",
        ];
        if (IsWeighted)
        {
            lines.Add("v(c) = N / (K · N_c)");
            sentences.Add("loss_balanced");
        }
        return Of(lines, [.. sentences, "loss_shown"]);
    }

    public Formula OfSupportVectors()
    {
        List<string> sentences = ["loss_squared_hinge", IsPair ? "loss_hinge_pair" : "loss_hinge_rest"];
        List<string> lines =
        [
            IsPair
                ? $"L = ½ (Σ w² + b²) + C Σᵢ {(IsWeighted ? "v(yᵢ) " : "")}max(0, 1 − sᵢ (w · xᵢ + b))²"
                : $"L_c = ½ (Σ w_c² + b_c²) + C Σᵢ {(IsWeighted ? "vᵢ " : "")}max(0, 1 − sᵢ (w_c · xᵢ + b_c))²",
            IsPair ? "sᵢ = [yᵢ = 2] − [yᵢ = 1]" : "sᵢ = [yᵢ = c] − [yᵢ ≠ c]",
        ];
        if (IsWeighted)
        {
            lines.Add(IsPair ? "v(c) = N / (K · N_c)" : "vᵢ = [yᵢ = c] · N / (K · N_c) + [yᵢ ≠ c]");
            sentences.Add(IsPair ? "loss_balanced" : "loss_balanced_own");
        }
        return Of(lines, [.. sentences, "loss_shown"]);
    }

    private Formula Of(List<string> lines, List<string> sentences) =>
        new("minimized", lines, sentences, new Dictionary<string, double>(StringComparer.Ordinal) { ["c"] = c });
}
