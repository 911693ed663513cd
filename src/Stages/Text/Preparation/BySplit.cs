using System.Collections;

namespace Pipelines.Stages.Text.Preparation;

/// <summary>One value a split: train, validation and test first, then others by name.</summary>
internal sealed class BySplit<T> : IEnumerable<KeyValuePair<string, T>>
    where T : new()
{
    private static readonly string[] Known = ["train", "validation", "test"];

    private readonly Dictionary<string, T> _values = new(StringComparer.Ordinal);

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

    public IEnumerator<KeyValuePair<string, T>> GetEnumerator() => _values
        .OrderBy(entry => Array.IndexOf(Known, entry.Key) is >= 0 and var place ? place : Known.Length)
        .ThenBy(entry => entry.Key, StringComparer.Ordinal)
        .GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
