using static TorchSharp.torch;

namespace Pipelines.Stages.Models.Recurrent;

/// <summary>What a recurrent layer does in one direction.</summary>
internal interface IRecurrentCell
{
    /// <summary>Inputs (rows x inputs) times kernel plus bias: to be done once for all steps, or once a word.</summary>
    Tensor Project(Tensor inputs);

    /// <summary>Last output of each sequence, and the outputs of every step (positions x units) when they are kept; starts from
    /// zeros.</summary>
    /// <param name="projected">From <see cref="Project"/>, one row a position or as the run's index says.</param>
    (Tensor LastOutputs, Tensor? Outputs) Run(Tensor projected, RecurrentRun run);
}
