using Pipelines.Stages.Torch;
using TorchSharp;

namespace Pipelines.Stages.Training;

/// <summary>What one batch gave.</summary>
/// <param name="Loss">Mean over what is counted (scalar).</param>
/// <param name="Correct">How many of the counted were right (scalar).</param>
/// <param name="Count">How many things were predicted: texts, or characters.</param>
/// <param name="Gathered">Rows of embeddings whose gradient is wanted.</param>
internal sealed record BatchResult(torch.Tensor Loss, torch.Tensor Correct, int Count, IReadOnlyList<EmbeddingLookup> Gathered)
{
    /// <summary>Means of further measures over what is counted (scalars), by name.</summary>
    public IReadOnlyList<KeyValuePair<string, torch.Tensor>> Further { get; init; } = [];
}

/// <summary>A model with its data, as the training loop sees it.</summary>
internal abstract class TrainingTask<TBatch>
{
    public abstract ParameterSet Parameters { get; }

    /// <summary>How the share of right predictions is called, e.g. <c>accuracy</c>.</summary>
    public abstract string AccuracyName { get; }

    public abstract RowSet<TBatch> Training { get; }

    /// <summary>Null: there is no validation split.</summary>
    public abstract RowSet<TBatch>? Validation { get; }

    /// <summary>Called before the batches of each epoch, a resumed one too.</summary>
    /// <param name="number">From 1.</param>
    public virtual void StartEpoch(int number)
    {
    }

    public abstract BatchResult Forward(TBatch batch, DropoutMasks masks);
}

/// <summary>Rows that can be packed into batches.</summary>
/// <param name="Length">Of a row, for batches by length.</param>
/// <param name="Pack">Called on one other thread at a time.</param>
internal sealed record RowSet<TBatch>(int Rows, Func<int, int> Length, Func<int[], TBatch> Pack);
