using Pipelines.Stages.Torch;
using static TorchSharp.torch;

namespace Pipelines.Stages.Training.Optimization;

/// <summary>
/// Updates a model's weights from their gradients. Embeddings are updated lazily unless told otherwise: only the rows of the batch move,
/// and only their memory decays.
/// </summary>
internal sealed class Optimizer : IDisposable
{
    private readonly TrainingParams _settings;
    private readonly ParameterSet _parameters;
    private readonly UpdateRule _rule;
    private readonly Dictionary<string, Tensor[]> _slots = new(StringComparer.Ordinal);

    public Optimizer(TrainingParams settings, ParameterSet parameters)
    {
        (_settings, _parameters, _rule) = (settings, parameters, UpdateRule.Of(settings.Optimizer));
        foreach (var parameter in parameters.Items)
            _slots.Add(parameter.Name, [.. _rule.Slots.Select(_ => zeros_like(parameter.Value.detach()).DetachFromDisposeScope())]);
    }

    /// <summary>How many steps have been taken.</summary>
    public long Steps { get; private set; }

    /// <param name="gathered">Rows of embeddings that took part; their gradients must be there.</param>
    /// <param name="share">Of the learning rate.</param>
    /// <returns>The largest gradient and the largest weight that was moved, not finite when any is not.</returns>
    public (float Gradient, float Weight) Step(IReadOnlyList<EmbeddingLookup> gathered, double share = 1)
    {
        using var frozen = no_grad();
        Steps++;
        Penalize();
        var rate = _settings.Optimizer.LearningRate * share;
        var moved = _parameters.Items.Where(parameter => !parameter.IsEmbedding && parameter.Value.grad is not null).ToList();
        var rows = gathered.Where(lookup => lookup.Rows.grad is not null).ToList();
        List<Tensor> gradients = [.. moved.Select(parameter => parameter.Value.grad!), .. rows.Select(lookup => lookup.Rows.grad!)];
        var largest = LargestMagnitude.Of(gradients);
        Clip(gradients);
        for (var i = 0; i < moved.Count; i++)
        {
            _rule.Apply(moved[i].Value, gradients[i], _slots[moved[i].Name], Steps, rate);
            gradients[i].zero_();
        }
        for (var i = 0; i < rows.Count; i++)
            Step(rows[i], gradients[moved.Count + i], rate);
        return (largest, LargestMagnitude.Of([.. moved.Select(parameter => parameter.Value), .. rows.Select(lookup => lookup.Rows)]));
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

    private void Step(EmbeddingLookup rows, Tensor gradient, double rate)
    {
        var slots = _slots[rows.Weights.Name];
        if (!_settings.LazyEmbeddings)
        {
            using var everywhere = zeros_like(rows.Weights.Value).AddRows(rows.Index, gradient);
            _rule.Apply(rows.Weights.Value, everywhere, slots, Steps, rate);
            rows.Rows.copy_(rows.Weights.Value.index_select(0, rows.Index));
            return;
        }
        var gatheredSlots = slots.Select(slot => slot.index_select(0, rows.Index)).ToArray();
        _rule.Apply(rows.Rows, gradient, gatheredSlots, Steps, rate);
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
                gradient.Add(parameter.Value, 2 * _settings.L2);
                gradient.Add(parameter.Value.sign(), _settings.L1);
            }
    }

    private void Clip(IReadOnlyList<Tensor> gradients)
    {
        if (_settings.ClipNorm is not { } limit)
            return;
        var norm = Math.Sqrt(gradients.Sum(gradient => (double)(gradient * gradient).sum().item<float>()));
        if (norm > limit)
            foreach (var gradient in gradients)
                gradient.Multiply(limit / norm);
    }
}
