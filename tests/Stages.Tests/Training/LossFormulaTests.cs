using Pipelines.Stages.Models;
using Pipelines.Stages.Text.Labels;
using Pipelines.Stages.Torch;
using Pipelines.Stages.Training;

namespace Pipelines.Tests.Stages.Training;

public sealed class LossFormulaTests
{
    private const double Epsilon = 0.3;

    private static readonly int[] s_rows = [0, 0, 0, 1, 1, 2];
    private static readonly int[] s_batch = [0, 2, 1];
    private static readonly float[] s_scores = [1, 0, -1, 0.5f, 0.2f, 0.1f, -2, 1, 3];

    [Theory]
    [InlineData(ClassWeights.Equal, 0, "L = −(1/n) Σᵢ log pᵢ(yᵢ)")]
    [InlineData(ClassWeights.Equal, Epsilon, "L = −(1/n) Σᵢ Σ_c qᵢ(c) log pᵢ(c)")]
    [InlineData(ClassWeights.Balanced, 0, "L = −Σᵢ w(yᵢ) log pᵢ(yᵢ) / Σᵢ w(yᵢ)")]
    [InlineData(ClassWeights.Balanced, Epsilon, "L = −Σᵢ Σ_c w(c) qᵢ(c) log pᵢ(c) / Σᵢ w(yᵢ)")]
    public void The_formula_is_what_is_computed(ClassWeights weights, double epsilon, string formula)
    {
        ClassLoss loss = new(s_rows, ClassLabels.Of(["a", "b", "c"]), weights, epsilon);
        using var logits = Numbers.Of(s_scores, [3, 3]);

        var computed = loss.Of(logits, s_batch, isTraining: true, []).Loss.item<float>();

        Assert.Equal(formula, LossFormula.OfClasses(new(LabelSmoothing: epsilon), weights).Lines[0]);
        Assert.Equal(Formula(weights, epsilon), computed, 1e-5);
    }

    [Fact]
    public void Penalties_and_outputs_are_terms_of_the_sum()
    {
        var formula = LossFormula.OfHeads(
            new(L2: 0.01), ClassWeights.Equal, [("letter", 1, false), ("code", 0.5, false), ("length", 0.25, true)]);

        Assert.Equal("L = L(letter) + 0.5 · L(code) + 0.25 · L(length)", formula.Lines[0]);
        Assert.Equal("L(letter) = L(code) = −(1/n) Σᵢ log pᵢ(yᵢ)", formula.Lines[1]);
        Assert.Equal("L(length) = (1/n) Σᵢ (ŷᵢ − yᵢ)²", formula.Lines[2]);
        Assert.Equal("min L + λ₂ Σ w²", formula.Lines[3]);
        Assert.Equal(["loss_heads", "loss_cross_entropy", "loss_squared_error", "loss_l2"], formula.Sentences);
        Assert.Equal(0.01, formula.Values["l2"]);
    }

    // As the formulas are written, term by term.
    private static double Formula(ClassWeights weights, double epsilon)
    {
        double Weight(int c) => weights == ClassWeights.Equal ? 1 : s_rows.Length / (3.0 * s_rows.Count(row => row == c));
        double Power(int i, int c) => Math.Exp(s_scores[(3 * i) + c]);
        double Probability(int i, int c) => Power(i, c) / Enumerable.Range(0, 3).Sum(other => Power(i, other));
        double Smoothed(int i, int c) => ((1 - epsilon) * (c == s_batch[i] ? 1 : 0)) + (epsilon / 3);
        double OfRow(int i) => Enumerable.Range(0, 3).Sum(c => Weight(c) * Smoothed(i, c) * Math.Log(Probability(i, c)));
        var sum = Enumerable.Range(0, 3).Sum(OfRow);
        return -sum / s_batch.Sum(Weight);
    }
}
