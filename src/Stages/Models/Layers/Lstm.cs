using Pipelines.Stages.Models.Recurrent;
using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Models.Layers;

public abstract partial record Layer
{
    /// <summary>Long short-term memory: <see cref="Recurrent.Lstm"/>.</summary>
    public sealed record Lstm(
        int Units, bool Bidirectional = false, bool? ReturnSequences = null, double InputDropout = 0, double RecurrentDropout = 0)
        : RecurrentLayer(Units, Bidirectional, ReturnSequences, InputDropout, RecurrentDropout)
    {
        private protected override long WeightsOfCell(long inputs) => 4 * Units * (inputs + Units + 1);

        internal override IRecurrentCell Cell(ParameterSet parameters, string name, int inputs) =>
            new Recurrent.Lstm(parameters, name, inputs, Units);
    }
}
