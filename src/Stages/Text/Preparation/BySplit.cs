using System.Collections;
using Pipelines.Stages.Contracts;

namespace Pipelines.Stages.Text.Preparation;

/// <summary>One value a split: in the order of <see cref="Splits.Order"/>.</summary>
internal sealed class BySplit<T> : IEnumerable<KeyValuePair<string, T>>
    where T : new()
{
    private readonly SortedDictionary<string, T> _values = new(Splits.Order);

    /// <summary>Made when first asked for.</summary>
    public T this[string split]
    {
        get
        {
            if (!_values.TryGetValue(split, out var value))
                _values.Add(split, value = new());
            return value;
        }
    }

    public IEnumerator<KeyValuePair<string, T>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
