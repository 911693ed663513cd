using Pipelines.Stages.Models.Recurrent;
using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Models.Layers;

public abstract partial record Layer
{
    /// <summary>Gated recurrent unit: <see cref="Recurrent.Gru"/>.</summary>
    public sealed record Gru(
        int Units, bool Bidirectional = false, bool? ReturnSequences = null, double InputDropout = 0, double RecurrentDropout = 0)
        : RecurrentLayer(Units, Bidirectional, ReturnSequences, InputDropout, RecurrentDropout)
    {
        // Two biases: one for the inputs, one for the state.
        private protected override long WeightsOfCell(long inputs) => 3 * Units * (inputs + Units + 2);

        internal override IRecurrentCell Cell(ParameterSet parameters, string name, int inputs) =>
            new Recurrent.Gru(parameters, name, inputs, Units);
    }
}
