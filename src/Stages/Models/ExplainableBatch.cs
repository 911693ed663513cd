using Pipelines.Stages.Models.Prediction;
using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models;

/// <summary>Texts whose predictions can be differentiated by the vectors of their words.</summary>
/// <param name="Order">Text of each packed sequence.</param>
/// <param name="Inputs">The vector of the word at every position of the layout.</param>
/// <param name="Baseline">The same of a word that stands for nothing (positions x size).</param>
/// <param name="Scores">
/// Scores of the labels that are explained, given the layout with every sequence n times side by side, and n points for each of its
/// positions; score k of copy c is at <c>k · n + c</c>.
/// </param>
/// <param name="SequenceOfScore">The sequence that each score k belongs to.</param>
/// <param name="PartOfScore">What it stands for: the number of the class among those explained, or the position of a written
/// character.</param>
internal sealed record ExplainableBatch(
    int[] Order, PackedSequence Layout, Tensor Inputs, Tensor Baseline, Func<PackedSequence, Interpolation, Tensor> Scores,
    int[] SequenceOfScore, int[] PartOfScore)
{
    /// <summary>How many are computed at once, points counted: bounds the memory that many points of a long text take.</summary>
    public int MaxPositions { get; init; } = 60_000;

    public int Parts => PartOfScore.DefaultIfEmpty(-1).Max() + 1;
}

/// <summary>A predictor that can explain itself through gradients.</summary>
internal interface IExplainable
{
    /// <summary>Whether padding is read as words, so that inputs are as long as the padding.</summary>
    bool ReadsPadding { get; }

    /// <summary>Whether its steps are too small to be shared between threads.</summary>
    bool HasSmallSteps { get; }

    /// <summary>Says how the scores of labels depend on the words. Its tensors belong to the current scope.</summary>
    /// <param name="labels">For each input those to explain; of models that spell labels, one.</param>
    ExplainableBatch Explain(IReadOnlyList<ModelInput> inputs, IReadOnlyList<IReadOnlyList<string>> labels);
}
