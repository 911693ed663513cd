using Pipelines.Stages.Torch;
using TorchSharp;

namespace Pipelines.Stages.Models.Recurrent;

/// <summary>How a recurrent layer walks over one batch.</summary>
/// <param name="Index">Row of the projected inputs for each position; null: one row a position, in order.</param>
/// <param name="Reverse">From each sequence's last step to its first.</param>
/// <param name="KeepSteps">The outputs of every step are wanted, not only the last state.</param>
/// <param name="RecurrentMask">Multiplies the state before each step (sequences x units), for recurrent dropout.</param>
/// <param name="Threads">How many threads share the pointwise work.</param>
internal sealed record RecurrentRun(
    PackedSequence Layout, RowIndex? Index = null, bool Reverse = false, bool KeepSteps = false, torch.Tensor? RecurrentMask = null,
    int Threads = 1)
{
    /// <summary>The steps in the order in which they are walked.</summary>
    public IEnumerable<RecurrentStep> Steps()
    {
        for (var k = 0; k < Layout.Steps; k++)
            yield return Step(Reverse ? Layout.Steps - 1 - k : k);
    }

    public IEnumerable<RecurrentStep> StepsBackwards()
    {
        for (var k = Layout.Steps - 1; k >= 0; k--)
            yield return Step(Reverse ? Layout.Steps - 1 - k : k);
    }

    private RecurrentStep Step(int t)
    {
        var (before, after) = Reverse ? (t + 1, t - 1) : (t - 1, t + 1);
        var size = Layout.BatchSizes[t];
        return new(
            Layout.Offsets[t], size,
            Has(before) ? Layout.Offsets[before] : 0, Has(before) ? Math.Min(size, Layout.BatchSizes[before]) : 0,
            Has(after) ? Layout.Offsets[after] : 0, Has(after) ? Math.Min(size, Layout.BatchSizes[after]) : 0);
    }

    private bool Has(int t) => t >= 0 && t < Layout.Steps;
}

/// <summary>
/// One step: sequences 0..BatchSize-1, the first <c>Continuing</c> of which come from the step before and the first <c>Staying</c> go on.
/// </summary>
/// <param name="Offset">Position of the first sequence.</param>
/// <param name="OffsetBefore">Position of the first sequence in the step walked before.</param>
/// <param name="OffsetAfter">Position of the first sequence in the step walked after.</param>
internal readonly record struct RecurrentStep(int Offset, int BatchSize, int OffsetBefore, int Continuing, int OffsetAfter, int Staying);
