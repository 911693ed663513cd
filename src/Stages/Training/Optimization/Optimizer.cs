using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Training.Optimization;

/// <summary>
/// Updates a model's weights from their gradients. Embeddings are updated lazily: only the rows of the batch move, and only their
/// memory decays.
/// </summary>
internal sealed class Optimizer : IDisposable
{
    private readonly OptimizerSettings _settings;
    private readonly ParameterSet _parameters;
    private readonly UpdateRule _rule;
    private readonly Dictionary<string, Tensor[]> _slots = new(StringComparer.Ordinal);

    public Optimizer(OptimizerSettings settings, ParameterSet parameters)
    {
        (_settings, _parameters, _rule) = (settings, parameters, UpdateRule.Of(settings));
        foreach (var parameter in parameters.Items)
            _slots.Add(parameter.Name, [.. _rule.Slots.Select(_ => zeros_like(parameter.Value.detach()).DetachFromDisposeScope())]);
    }

    /// <summary>How many steps have been taken.</summary>
    public long Steps { get; private set; }

    /// <param name="gathered">Rows of embeddings that took part; their gradients must be there.</param>
    public void Step(IReadOnlyList<EmbeddingLookup> gathered)
    {
        using var frozen = no_grad();
        Steps++;
        Penalize();
        var scale = ClippingScale(gathered);
        foreach (var parameter in _parameters.Items)
            if (!parameter.IsEmbedding && parameter.Value.grad is { } gradient)
            {
                Scale(gradient, scale);
                _rule.Apply(parameter.Value, gradient, _slots[parameter.Name], Steps);
                gradient.zero_();
            }
        foreach (var rows in gathered.Where(rows => rows.Rows.grad is not null))
            Step(rows, scale);
    }

    /// <summary>Copies of all that is remembered, by name.</summary>
    public IEnumerable<KeyValuePair<string, StoredTensor>> Save() =>
        from parameter in _parameters.Items
        from slot in _rule.Slots.Select((name, i) => (Name: name, Value: _slots[parameter.Name][i]))
        select KeyValuePair.Create($"{parameter.Name}.{slot.Name}", new StoredTensor(slot.Value.shape, ParameterSet.ToArray(slot.Value)));

    public void Load(IReadOnlyDictionary<string, StoredTensor> saved, long steps)
    {
        using var scope = NewDisposeScope();
        Steps = steps;
        foreach (var parameter in _parameters.Items)
            for (var i = 0; i < _rule.Slots.Count; i++)
            {
                var stored = saved[$"{parameter.Name}.{_rule.Slots[i]}"];
                _slots[parameter.Name][i].copy_(Numbers.Of(stored.Values, stored.Shape));
            }
    }

    public void Dispose()
    {
        foreach (var slot in _slots.Values.SelectMany(slots => slots))
            slot.Dispose();
    }

    private void Step(EmbeddingLookup rows, double scale)
    {
        var gradient = rows.Rows.grad!;
        Scale(gradient, scale);
        var slots = _slots[rows.Weights.Name];
        var gatheredSlots = slots.Select(slot => slot.index_select(0, rows.Index)).ToArray();
        _rule.Apply(rows.Rows, gradient, gatheredSlots, Steps);
        rows.Weights.Value.index_copy_(0, rows.Index, rows.Rows);
        for (var i = 0; i < slots.Length; i++)
            slots[i].index_copy_(0, rows.Index, gatheredSlots[i]);
    }

    private void Penalize()
    {
        if (_settings.L1 == 0 && _settings.L2 == 0)
            return;
        foreach (var parameter in _parameters.Items)
            if (parameter.IsKernel && parameter.Value.grad is { } gradient)
            {
                gradient.add_(parameter.Value, alpha: 2 * _settings.L2);
                gradient.add_(parameter.Value.sign(), alpha: _settings.L1);
            }
    }

    private double ClippingScale(IReadOnlyList<EmbeddingLookup> gathered)
    {
        if (_settings.ClipNorm is not { } limit)
            return 1;
        var gradients = _parameters.Items.Where(parameter => !parameter.IsEmbedding).Select(parameter => parameter.Value.grad)
            .Concat(gathered.Select(rows => rows.Rows.grad));
        var squares = gradients.Where(gradient => gradient is not null)
            .Sum(gradient => (double)gradient!.square().sum().item<float>());
        var norm = Math.Sqrt(squares);
        return norm > limit ? limit / norm : 1;
    }

    private static void Scale(Tensor gradient, double scale)
    {
        if (scale != 1)
            gradient.mul_(scale);
    }
}
