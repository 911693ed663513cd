using System.Runtime.InteropServices;
using Pipelines.Stages.Contracts;
using TorchSharp;
using static TorchSharp.torch;

namespace Pipelines.Stages.Torch;

/// <summary>One weight tensor of a model.</summary>
/// <param name="IsKernel">L1 and L2 penalties apply: not to biases nor embeddings.</param>
/// <param name="IsEmbedding">Rows are looked up; only those in a batch get a gradient.</param>
/// <param name="IsTrainable">It is learned; otherwise it stays as it started.</param>
internal sealed record Parameter(string Name, Tensor Value, bool IsKernel, bool IsEmbedding, bool IsTrainable = true)
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

    /// <summary>Some of the weights, which stay those of this set.</summary>
    public ParameterSet Only(Predicate<Parameter> isWanted)
    {
        var some = new ParameterSet(seed, Device);
        some._items.AddRange(_items.FindAll(isWanted));
        return some;
    }

    public IReadOnlyList<Parameter> Items => _items;

    public long Count => _items.Sum(parameter => parameter.Count);

    public long TrainableCount => _items.Where(parameter => parameter.IsTrainable).Sum(parameter => parameter.Count);

    public Parameter Add(
        string name, Func<SeededRandom, float[]> initial, long[] shape, bool isKernel = false, bool isEmbedding = false,
        bool isTrainable = true)
    {
        var values = initial(new SeededRandom(seed, RandomStreams.Weights, (ulong)_items.Count));
        var value = Numbers.Of(values, shape, Device);
        if (!isEmbedding && isTrainable)
            value.requires_grad_(true);
        value.DetachFromDisposeScope();
        var parameter = new Parameter(name, value, isKernel, isEmbedding, isTrainable);
        _items.Add(parameter);
        return parameter;
    }

    /// <summary>Takes the weights of a module in, under the names it has for them, and draws them anew.</summary>
    /// <param name="initial">Starting values of a weight: its name, its stream, how many.</param>
    /// <param name="isEmbedding">Whether rows of it are looked up; then the module must not compute with it.</param>
    public void Adopt(nn.Module module, Func<string, SeededRandom, int, float[]> initial, Predicate<string> isEmbedding)
    {
        using var scope = NewDisposeScope();
        module.to(Device);
        foreach (var (name, value) in module.named_parameters())
        {
            var drawn = initial(name, new SeededRandom(seed, RandomStreams.Weights, (ulong)_items.Count), (int)value.NumberOfElements);
            using (no_grad())
                value.copy_(Numbers.Of(drawn, value.shape));
            value.requires_grad_(!isEmbedding(name)).DetachFromDisposeScope();
            var isKernel = value.dim() > 1 && !name.Contains("embeddings", StringComparison.Ordinal);
            _items.Add(new(name, value, isKernel, isEmbedding(name)));
        }
    }

    /// <summary>Copies of all weights.</summary>
    public IReadOnlyList<KeyValuePair<string, StoredTensor>> Save() =>
        [.. _items.Select(parameter =>
            KeyValuePair.Create(parameter.Name, new StoredTensor(parameter.Value.shape, ToArray(parameter.Value))))];

    /// <exception cref="InvalidDataException">Weights are missing, have another shape or are none of these; all are named.</exception>
    public void Load(IReadOnlyDictionary<string, StoredTensor> weights)
    {
        string[] problems = [.. Mismatches(weights)];
        if (problems.Length > 0)
            throw new InvalidDataException($"The weights are not those of this network: {string.Join("; ", problems)}.");
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        foreach (var parameter in _items)
            parameter.Value.copy_(Numbers.Of(weights[parameter.Name].Values, parameter.Value.shape));
    }

    private IEnumerable<string> Mismatches(IReadOnlyDictionary<string, StoredTensor> weights)
    {
        foreach (var parameter in _items)
            if (!weights.TryGetValue(parameter.Name, out var stored))
                yield return $"'{parameter.Name}' ({Shown(parameter.Value.shape)}) is missing";
            else if (!stored.Shape.SequenceEqual(parameter.Value.shape))
                yield return $"'{parameter.Name}' is {Shown(stored.Shape)}, not {Shown(parameter.Value.shape)}";
        foreach (var name in weights.Keys.Except(_items.Select(parameter => parameter.Name)).Order(StringComparer.Ordinal))
            yield return $"'{name}' ({Shown(weights[name].Shape)}) is none of it";

        static string Shown(long[] shape) => string.Join(" x ", shape);
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
