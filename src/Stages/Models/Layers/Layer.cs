using System.Text.Json.Serialization;
using Pipelines.Stages.Torch;

namespace Pipelines.Stages.Models.Layers;

/// <summary>
/// One layer of a classifier, as written in a pipeline file, and how it is built. Each is a nested record in a file of its own, known by
/// its name: <c>AveragePool</c> is written <c>average-pool</c>.
/// </summary>
[JsonConverter(typeof(LayerJson))]
public abstract partial record Layer
{
    /// <summary>Whether it reads values of every step; false: one row a text; null: either.</summary>
    internal abstract bool? ReadsSteps { get; }

    /// <exception cref="Contracts.StageException">It cannot stand there.</exception>
    internal abstract BuiltLayer Build(LayerSite site);
}

/// <summary>A layer with its weights.</summary>
/// <param name="Size">How many values it gives a step or a text.</param>
/// <param name="GivesSteps">Whether it gives values of every step, not one row a text.</param>
internal sealed record BuiltLayer(int Size, bool GivesSteps, Func<LayerOutput, DropoutMasks, LayerOutput> Apply);
