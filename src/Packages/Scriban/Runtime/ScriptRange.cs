using System.Collections;

namespace Scriban.Runtime;

/// <summary>A sequence computed anew each time it is walked; becomes a list when it is written to.</summary>
internal sealed class ScriptRange(IEnumerable values) : IEnumerable<object?>, IList
{
    private IEnumerable _values = values;

    public int Count => _values is ICollection collection ? collection.Count : _values.Cast<object?>().Count();

    public bool IsFixedSize => false;

    public bool IsReadOnly => false;

    public bool IsSynchronized => false;

    public object SyncRoot => this;

    public object? this[int index]
    {
        get => _values is IList list ? list[index] : _values.Cast<object?>().ElementAt(index);
        set => Materialize()[index] = value;
    }

    public IEnumerator<object?> GetEnumerator() => _values.Cast<object?>().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _values.GetEnumerator();

    public int Add(object? value)
    {
        Materialize().Add(value);
        return Count - 1;
    }

    public void Clear() => _values = new ScriptArray();

    public bool Contains(object? value) => _values.Cast<object?>().Contains(value);

    public int IndexOf(object? value) => Materialize().IndexOf(value);

    public void Insert(int index, object? value) => Materialize().Insert(index, value);

    public void Remove(object? value) => Materialize().Remove(value);

    public void RemoveAt(int index) => Materialize().RemoveAt(index);

    public void CopyTo(Array array, int index) => ((ICollection)Materialize()).CopyTo(array, index);

    private ScriptArray Materialize()
    {
        var array = new ScriptArray(_values);
        _values = array;
        return array;
    }
}
