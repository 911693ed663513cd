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

    /// <summary>What it gives. Nothing is built: a pipeline file is checked with it.</summary>
    /// <exception cref="Contracts.StageException">It cannot stand there.</exception>
    internal abstract LayerShape ShapeAt(LayerSite site);

    /// <summary>How many weights <see cref="Build"/> makes; null: that depends on the length of the texts.</summary>
    internal virtual WeightCount? WeightsAt(LayerSite site) => new(0);

    /// <summary>Makes its weights; the site was checked.</summary>
    internal abstract LayerFunction Build(LayerSite site, LayerWeights weights);
}

/// <summary>What a layer gives, as far as it is known.</summary>
/// <param name="Size">How many values a step or a text; null: that depends on the data.</param>
/// <param name="HasSteps">Whether there are values of every step, not one row a text.</param>
/// <param name="Steps">How many steps the longest text has; null: that depends on the data.</param>
internal sealed record LayerShape(int? Size, bool HasSteps, int? Steps = null)
{
    public LayerShape Pooled => new(Size, HasSteps: false);
}

/// <summary>Where layers keep their weights.</summary>
/// <param name="Threads">How many threads share the work of a layer that torch does not share out itself.</param>
internal sealed record LayerWeights(ParameterSet Parameters, int Threads);

/// <summary>A layer with its weights.</summary>
internal delegate LayerOutput LayerFunction(LayerOutput input, DropoutMasks masks);
