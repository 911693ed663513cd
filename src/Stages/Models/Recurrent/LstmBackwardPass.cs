using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Recurrent;

/// <summary>Which gradients are wanted beside those of the initial states.</summary>
internal readonly record struct LstmWanted(bool Projected, bool Recurrent);

internal readonly record struct LstmGradients(Tensor? Projected, Tensor? Recurrent, Tensor? InitialOutputs, Tensor? InitialCells);

/// <summary>
/// Walks an LSTM's steps backwards: pointwise part, one product a step, and at the end the weights' gradient over all steps at once.
/// </summary>
internal sealed unsafe class LstmBackwardPass(
    RecurrentRun run, LstmWanted wanted, Tensor recurrent, Tensor? initialOutputs, Tensor? initialCells, Tensor gates, Tensor cells,
    Tensor entering)
{
    private readonly int _units = (int)recurrent.shape[0];

    /// <summary>Whether the gates' gradient is wanted as a whole; otherwise each step writes over the one before.</summary>
    private readonly bool _keepsSteps = wanted.Recurrent || wanted.Projected;

    public LstmGradients Walk(Tensor lastOutputs, Tensor lastCells, Tensor? outputs)
    {
        using var lastOutputsGradient = lastOutputs.contiguous();
        using var lastCellsGradient = lastCells.contiguous();
        using var outputsGradient = outputs?.contiguous();
        var gatesGradient = empty(_keepsSteps ? run.Layout.Positions : run.Layout.Sequences, 4 * _units);
        var kernel = new LstmBackward
        {
            Units = _units,
            Gates = gates.Floats(),
            Cells = cells.Floats(),
            InitialCells = initialCells.FloatsOrNull(),
            RecurrentMask = run.RecurrentMask.FloatsOrNull(),
            OutputsGradient = outputsGradient.FloatsOrNull(),
            LastOutputsGradient = lastOutputsGradient.Floats(),
            LastCellsGradient = lastCellsGradient.Floats(),
            GatesGradient = null,
        };
        var (entered, enteredCells) = Steps(kernel, gatesGradient);
        var initialOutputsGradient = initialOutputs is null ? null : WithUnstarted(entered, lastOutputsGradient, run.RecurrentMask);
        var initialCellsGradient = initialCells is null ? null : WithUnstarted(enteredCells, lastCellsGradient, mask: null);
        var recurrentGradient = wanted.Recurrent ? RecurrentGradient(gatesGradient) : null;
        var projectedGradient = wanted.Projected ? ProjectedGradient(gatesGradient) : null;
        if (!ReferenceEquals(projectedGradient, gatesGradient))
            gatesGradient.Dispose();
        return new(projectedGradient, recurrentGradient, initialOutputsGradient, initialCellsGradient);
    }

    /// <returns>Gradients of output and cell state that entered the first step, of the sequences that have one.</returns>
    private (Tensor? Outputs, Tensor Cells) Steps(LstmBackward kernel, Tensor gatesGradient)
    {
        using var backwards = recurrent.t();
        Tensor? entered = null;
        var (after, before) = (empty(run.Layout.Sequences, _units), empty(run.Layout.Sequences, _units));
        foreach (var step in run.StepsBackwards())
        {
            if (step.BatchSize == 0)
                continue;
            var enteredValues = entered.FloatsOrNull();
            var afterValues = after.Floats();
            var beforeValues = before.Floats();
            var first = _keepsSteps ? step.Offset : 0;
            var gatesOfStep = gatesGradient.Floats() + ((long)first * 4 * _units);
            var ofStep = kernel with { GatesGradient = gatesOfStep - ((long)step.Offset * 4 * _units) };
            RowRanges.Run(step.BatchSize, 4 * _units, run.Threads,
                (from, to) => ofStep.Rows(step, enteredValues, afterValues, beforeValues, from, to));
            entered?.Dispose();
            var needed = initialOutputs is null ? step.Continuing : step.BatchSize;
            entered = needed == 0 ? null : Entered(gatesGradient, first, needed, backwards);
            (after, before) = (before, after);
        }
        before.Dispose();
        return (entered, after);
    }

    private static Tensor Entered(Tensor gatesGradient, int offset, int rows, Tensor backwards)
    {
        using var gradient = gatesGradient.narrow(0, offset, rows);
        return gradient.mm(backwards);
    }

    /// <summary>Sequences without a step hand the gradient of their last state straight to the initial one.</summary>
    private Tensor WithUnstarted(Tensor? started, Tensor last, Tensor? mask)
    {
        var result = last.clone();
        var count = run.Layout.Steps == 0 ? 0 : run.Layout.BatchSizes[0];
        if (count > 0)
        {
            using var from = started!.narrow(0, 0, count);
            using var to = result.narrow(0, 0, count);
            to.copy_(from);
            if (mask is not null)
                to.mul_(mask.narrow(0, 0, count));
        }
        return result;
    }

    private Tensor RecurrentGradient(Tensor gatesGradient)
    {
        // Without an initial state the first step's inputs are zeros and add nothing.
        var skipped = initialOutputs is null && !run.Reverse && run.Layout.Steps > 0 ? run.Layout.Offsets[1] : 0;
        using var states = entering.narrow(0, skipped, run.Layout.Positions - skipped);
        using var gradients = gatesGradient.narrow(0, skipped, run.Layout.Positions - skipped);
        using var transposed = states.t();
        return transposed.mm(gradients);
    }

    private Tensor ProjectedGradient(Tensor gatesGradient)
    {
        if (run.Index is null)
            return gatesGradient;
        return GroupedSum.Of(gatesGradient, run.Index, run.Threads);
    }
}
