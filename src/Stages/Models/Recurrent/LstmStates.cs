using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Recurrent;

/// <summary>What an LSTM writes while it walks over a batch.</summary>
internal sealed record LstmStates(Tensor Gates, Tensor Cells, Tensor Entering, Tensor LastOutputs, Tensor LastCells, Tensor? Outputs)
{
    public static LstmStates Allocate(RecurrentRun run, int units, Tensor? initialOutputs, Tensor? initialCells)
    {
        var (positions, sequences) = (run.Layout.Positions, run.Layout.Sequences);
        var states = new LstmStates(
            empty(positions, 4 * units), empty(positions, units), empty(positions, units),
            Start(initialOutputs, sequences, units), Start(initialCells, sequences, units),
            run.KeepSteps ? empty(positions, units) : null);
        states.EnterStartingSequences(run, initialOutputs);
        return states;
    }

    /// <summary>An empty sequence ends as it started.</summary>
    private static Tensor Start(Tensor? initial, int sequences, int units) => initial is null ? zeros(sequences, units) : initial.clone();

    private void EnterStartingSequences(RecurrentRun run, Tensor? initialOutputs)
    {
        foreach (var step in run.Steps())
        {
            if (step.Continuing == step.BatchSize)
                continue;
            using var entering = Entering.narrow(0, step.Offset + step.Continuing, step.BatchSize - step.Continuing);
            if (initialOutputs is null)
            {
                entering.zero_();
                continue;
            }
            using var initial = initialOutputs.narrow(0, step.Continuing, step.BatchSize - step.Continuing);
            entering.copy_(initial);
            if (run.RecurrentMask is { } mask)
                entering.mul_(mask.narrow(0, step.Continuing, step.BatchSize - step.Continuing));
        }
    }
}
