using Pipelines.Stages.Contracts;
using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Models.Layers;

/// <summary>Where a layer stands in the network that is being built.</summary>
/// <param name="Layers">Of the whole network.</param>
/// <param name="Index">Of this one.</param>
/// <param name="Name">For its weights.</param>
/// <param name="Inputs">How many values it is given a step or a text.</param>
/// <param name="HasSteps">Whether they are values of every step, not one row a text.</param>
internal sealed record LayerSite(
    IReadOnlyList<Layer> Layers, int Index, string Name, int Inputs, bool HasSteps, int Classes, ParameterSet Parameters, int Threads)
{
    public bool IsLast => Index == Layers.Count - 1;

    /// <summary>Whether the layer after this one reads values of every step.</summary>
    public bool StepsAreWanted =>
        Layers.Skip(Index + 1).Select(layer => layer.ReadsSteps).FirstOrDefault(reads => reads is not null) ?? false;

    /// <param name="member">The parameter of the layer that is wrong; null: the layer itself.</param>
    public StageException Wrong(string message, string help, string? member = null) => Wrong(Index, message, help, member);

    public static StageException Wrong(int layer, string message, string help, string? member = null) => new(message)
    {
        Help = help,
        Parameter = member is null ? $"layers.{layer}" : $"layers.{layer}.{member}",
    };
}
