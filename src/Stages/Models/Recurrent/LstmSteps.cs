using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Recurrent;

/// <summary>The same LSTM as <see cref="LstmFunction"/>, written with torch's own operations: for other devices and number types.</summary>
internal static class LstmSteps
{
    public static LstmResult Walk(Tensor projected, Tensor recurrent, Tensor? initialOutputs, Tensor? initialCells, RecurrentRun run)
    {
        var units = recurrent.shape[0];
        var inputs = run.Index is null ? projected : projected.index_select(0, Indices.Of(run.Index.RowOfPosition, projected.device));
        var output = initialOutputs ?? zeros(run.Layout.Sequences, units, dtype: projected.dtype, device: projected.device);
        var cell = initialCells ?? zeros_like(output);
        var kept = new Tensor[run.Layout.Steps];
        var t = run.Reverse ? run.Layout.Steps - 1 : 0;
        foreach (var step in run.Steps())
        {
            var entering = output.narrow(0, 0, step.BatchSize);
            if (run.RecurrentMask is { } mask)
                entering = entering * mask.narrow(0, 0, step.BatchSize);
            var gates = inputs.narrow(0, step.Offset, step.BatchSize).Plus(entering.mm(recurrent));
            var (i, f) = (Gate(gates, 0, units).sigmoid(), Gate(gates, 1, units).sigmoid());
            var (g, o) = (Gate(gates, 2, units).tanh(), Gate(gates, 3, units).sigmoid());
            var cellNow = (f * cell.narrow(0, 0, step.BatchSize)).Plus(i * g);
            var outputNow = o * cellNow.tanh();
            kept[t] = outputNow;
            t += run.Reverse ? -1 : 1;
            (output, cell) = (Replaced(output, outputNow), Replaced(cell, cellNow));
        }
        return new(output, cell, run.KeepSteps ? Kept(kept, output) : null);
    }

    private static Tensor Gate(Tensor gates, int gate, long units) => gates.narrow(1, gate * units, units);

    private static Tensor Kept(Tensor[] kept, Tensor output) => kept.Length == 0 ? output.narrow(0, 0, 0) : cat(kept, 0);

    private static Tensor Replaced(Tensor all, Tensor first)
    {
        var (count, replaced) = (all.shape[0], first.shape[0]);
        return replaced == count ? first : cat([first, all.narrow(0, replaced, count - replaced)], 0);
    }
}
