using System.Runtime.InteropServices;
using Pipelines.Stages.Contracts;
using static TorchSharp.torch;

namespace Pipelines.Stages.Torch;

/// <summary>One weight tensor of a model.</summary>
/// <param name="IsKernel">L1 and L2 penalties apply: not to biases nor embeddings.</param>
/// <param name="IsEmbedding">Rows are looked up; only those in a batch get a gradient.</param>
internal sealed record Parameter(string Name, Tensor Value, bool IsKernel, bool IsEmbedding)
{
    public long Count => Value.NumberOfElements;
}

/// <summary>
/// The weights of a model by name, in the order in which they were made. They are drawn on the CPU, each from its own stream of the
/// seed, so that adding one does not change another.
/// </summary>
internal sealed class ParameterSet(ulong seed, Device device) : IDisposable
{
    private readonly List<Parameter> _items = [];

    public Device Device { get; } = device;

    public IReadOnlyList<Parameter> Items => _items;

    public long Count => _items.Sum(parameter => parameter.Count);

    public Parameter Add(string name, Func<SeededRandom, float[]> initial, long[] shape, bool isKernel = false, bool isEmbedding = false)
    {
        var values = initial(new SeededRandom(seed, RandomStreams.Weights, (ulong)_items.Count));
        var value = Numbers.Of(values, shape, Device);
        if (!isEmbedding)
            value.requires_grad_(true);
        value.DetachFromDisposeScope();
        var parameter = new Parameter(name, value, isKernel, isEmbedding);
        _items.Add(parameter);
        return parameter;
    }

    /// <summary>Copies of all weights.</summary>
    public IReadOnlyList<KeyValuePair<string, StoredTensor>> Save() =>
        [.. _items.Select(parameter => KeyValuePair.Create(parameter.Name, new StoredTensor(parameter.Value.shape, ToArray(parameter.Value))))];

    /// <exception cref="InvalidDataException">A weight is missing or has another shape.</exception>
    public void Load(IReadOnlyDictionary<string, StoredTensor> weights)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        foreach (var parameter in _items)
        {
            var shape = parameter.Value.shape;
            if (!weights.TryGetValue(parameter.Name, out var stored) || !stored.Shape.SequenceEqual(shape))
                throw new InvalidDataException($"The weights hold no '{parameter.Name}' of shape {string.Join(" x ", shape)}.");
            parameter.Value.copy_(Numbers.Of(stored.Values, stored.Shape));
        }
    }

    /// <summary>From now on no gradients of the weights are computed.</summary>
    public void Freeze()
    {
        foreach (var parameter in _items)
            parameter.Value.requires_grad_(false);
    }

    public static float[] ToArray(Tensor values)
    {
        using var scope = NewDisposeScope();
        return MemoryMarshal.Cast<byte, float>(values.detach().cpu().contiguous().bytes).ToArray();
    }

    public void Dispose()
    {
        foreach (var parameter in _items)
            parameter.Value.Dispose();
    }
}
