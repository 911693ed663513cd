using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Recurrent;

/// <summary>
/// An LSTM over packed sequences as one node of the autograd graph. Arguments: projected inputs (rows x 4 units), recurrent kernel
/// (units x 4 units), initial output and cell (sequences x units, or null), <see cref="RecurrentRun"/>. Results: last output, last cell
/// and, if kept, the outputs of every step.
/// </summary>
/// <remarks>Computes nothing for sequences that have ended, and the recurrent kernel's gradient once over all steps.</remarks>
internal sealed class LstmFunction : autograd.MultiTensorFunction<LstmFunction>
{
    private const string RunKey = "run";
    private const string WantedKey = "wanted";

    public override string Name => nameof(LstmFunction);

    public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (projected, recurrent) = ((Tensor)vars[0], (Tensor)vars[1]);
        var (initialOutputs, initialCells) = (vars[2] as Tensor, vars[3] as Tensor);
        var run = (RecurrentRun)vars[4];
        if (run.Reverse && initialOutputs is not null)
            throw new NotSupportedException("A reversed LSTM starts from zeros.");
        var states = LstmStates.Allocate(run, (int)recurrent.shape[0], initialOutputs, initialCells);
        new LstmForwardPass(run, states).Walk(projected, recurrent, initialCells);
        ctx.save_for_backward([recurrent, initialOutputs!, initialCells!, states.Gates, states.Cells, states.Entering]);
        ctx.save_data(RunKey, run);
        ctx.save_data(WantedKey, new LstmWanted(projected.requires_grad, recurrent.requires_grad));
        return states.Outputs is null
            ? [states.LastOutputs, states.LastCells]
            : [states.LastOutputs, states.LastCells, states.Outputs];
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs)
    {
        var run = (RecurrentRun)ctx.get_data(RunKey);
        var saved = ctx.get_saved_variables();
        var pass = new LstmBackwardPass(
            run, (LstmWanted)ctx.get_data(WantedKey), saved[0], saved[1], saved[2], saved[3], saved[4], saved[5]);
        var gradients = pass.Walk(grad_outputs[0], grad_outputs[1], grad_outputs.Count > 2 ? grad_outputs[2] : null);
        return [gradients.Projected!, gradients.Recurrent!, gradients.InitialOutputs!, gradients.InitialCells!, null!];
    }
}
