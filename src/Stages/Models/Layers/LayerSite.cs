using Pipelines.Stages.Contracts;
using Pipelines.Stages.Text;

namespace Pipelines.Stages.Models.Layers;

/// <summary>What a network takes from its data; all of it is unknown while a pipeline file is checked.</summary>
/// <param name="Length">What texts are padded to; null: they are not padded.</param>
/// <param name="IsNumber">The network gives a number, and no classes.</param>
internal sealed record NetworkData(
    int? Classes = null, int? Length = null, PaddingSide Side = PaddingSide.Post, bool IsNumber = false)
{
    public bool AreKnown => Classes is not null;
}

/// <summary>Where a layer stands in the network.</summary>
/// <param name="Layers">Of the whole network, or of its branch.</param>
/// <param name="Index">Of this one.</param>
/// <param name="Path">The parameter that holds the layers.</param>
/// <param name="Name">For its weights.</param>
/// <param name="Input">What the layer before it gives.</param>
/// <param name="Outer">The site of the layer whose branch this is; null: it is in none.</param>
/// <param name="HasHeads">Heads come behind these layers.</param>
internal sealed record LayerSite(
    IReadOnlyList<Layer> Layers, int Index, string Path, string Name, LayerShape Input, NetworkData Data, LayerSite? Outer = null,
    bool HasHeads = false)
{
    public Layer Layer => Layers[Index];

    /// <summary>How many values it is given a step or a text; known when it is built.</summary>
    public int Inputs => Input.Size ?? throw new InvalidOperationException($"The inputs of {Name} are not known yet.");

    public bool IsLast => Index == Layers.Count - 1 && Outer is null && !HasHeads;

    /// <summary>Whether the layer after this one reads values of every step.</summary>
    public bool StepsAreWanted =>
        Layers.Skip(Index + 1).Select(layer => layer.ReadsSteps).FirstOrDefault(reads => reads is not null)
        ?? Outer?.StepsAreWanted ?? false;

    /// <summary>The layer whose values these are: dropout leaves them what they are.</summary>
    public Layer? Before => Layers.Take(Index).LastOrDefault(layer => layer is not Layer.Dropout) ?? Outer?.Before;

    /// <param name="member">The parameter of the layer that is wrong; null: the layer itself.</param>
    public StageException Wrong(string message, string help, string? member = null) =>
        Wrong($"{Path}.{Index}", Layer, message, help, member);

    public static StageException Wrong(string place, Layer layer, string message, string help, string? member = null) => new(message)
    {
        Help = help,
        Parameter = member is null ? place : $"{place}.{LayerJson.NameOf(layer.GetType())}.{member}",
    };
}
