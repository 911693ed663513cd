using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Recurrent;

/// <summary>Walks an LSTM over the steps of a batch: one product a step, then the pointwise part.</summary>
internal sealed unsafe class LstmForwardPass(RecurrentRun run, LstmStates states)
{
    public void Walk(Tensor projected, Tensor recurrent, Tensor? initialCells)
    {
        var units = (int)recurrent.shape[0];
        fixed (int* rowOfPosition = run.Index?.RowOfPosition)
        {
            var kernel = new LstmForward
            {
                Units = units,
                Projected = projected.Floats(),
                RowOfPosition = rowOfPosition,
                InitialCells = initialCells.FloatsOrNull(),
                Gates = states.Gates.Floats(),
                Cells = states.Cells.Floats(),
                Entering = states.Entering.Floats(),
                Outputs = states.Outputs.FloatsOrNull(),
                LastOutputs = states.LastOutputs.Floats(),
                LastCells = states.LastCells.Floats(),
                RecurrentMask = run.RecurrentMask.FloatsOrNull(),
            };
            foreach (var step in run.Steps())
                Advance(kernel, step, recurrent, startsFromZero: initialCells is null);
        }
        GC.KeepAlive(projected);
        GC.KeepAlive(run);
    }

    private void Advance(LstmForward kernel, RecurrentStep step, Tensor recurrent, bool startsFromZero)
    {
        if (step.BatchSize == 0)
            return;
        using var product = step.Continuing == 0 && startsFromZero ? null : Product(step, recurrent);
        var values = product.FloatsOrNull();
        RowRanges.Run(step.BatchSize, 4 * kernel.Units, run.Threads, (from, to) => kernel.Rows(step, values, from, to));
    }

    private Tensor Product(RecurrentStep step, Tensor recurrent)
    {
        using var entering = states.Entering.narrow(0, step.Offset, step.BatchSize);
        return entering.mm(recurrent);
    }
}
