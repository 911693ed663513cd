using System.Collections;
using Scriban.Parsing;

namespace Scriban.Runtime;

/// <summary>A list that grows when an index behind its end is set, and that can carry named members too.</summary>
public class ScriptArray : IList<object?>, IList, IScriptObject
{
    private List<object?> _values;
    private ScriptObject? _members;

    public ScriptArray()
    {
        _values = [];
    }

    public ScriptArray(int capacity)
    {
        _values = new List<object?>(capacity);
    }

    public ScriptArray(object?[] array)
    {
        _values = [.. array];
    }

    public ScriptArray(IEnumerable<object?> values)
    {
        _values = [.. values];
    }

    public ScriptArray(IEnumerable values)
    {
        ArgumentNullException.ThrowIfNull(values);
        _values = [.. values.Cast<object?>()];
    }

    public int Capacity
    {
        get => _values.Capacity;
        set => _values.Capacity = value;
    }

    public int Count => _values.Count;

    public virtual bool IsReadOnly { get; set; }

    /// <summary>The named members, such as the named arguments of a call.</summary>
    public ScriptObject ScriptObject => _members ??= new ScriptObject { IsReadOnly = IsReadOnly };

    internal bool HasMembers => _members is { Count: > 0 };

    bool IList.IsFixedSize => false;

    bool ICollection.IsSynchronized => false;

    object ICollection.SyncRoot => _values;

    public virtual object? this[int index]
    {
        get => _values[index];
        set
        {
            if (index < 0)
            {
                return;
            }

            this.AssertNotReadOnly();
            while (_values.Count <= index)
            {
                _values.Add(null);
            }

            _values[index] = value;
        }
    }

    public virtual void Add(object? item)
    {
        this.AssertNotReadOnly();
        _values.Add(item);
    }

    int IList.Add(object? value)
    {
        Add(value);
        return Count - 1;
    }

    public void AddRange(IEnumerable<object?> items)
    {
        this.AssertNotReadOnly();
        _values.AddRange(items);
    }

    public virtual void Clear()
    {
        this.AssertNotReadOnly();
        _values.Clear();
    }

    public virtual bool Contains(object? item) => _values.Contains(item);

    public virtual int IndexOf(object? item) => _values.IndexOf(item);

    /// <summary>Inserts at an index; an index behind the end fills the gap with nulls.</summary>
    public virtual void Insert(int index, object? item)
    {
        this.AssertNotReadOnly();
        while (_values.Count < index)
        {
            _values.Add(null);
        }

        _values.Insert(Math.Max(0, index), item);
    }

    public virtual bool Remove(object? item)
    {
        this.AssertNotReadOnly();
        return _values.Remove(item);
    }

    void IList.Remove(object? value) => Remove(value);

    public virtual void RemoveAt(int index)
    {
        this.AssertNotReadOnly();
        if (index >= 0 && index < _values.Count)
        {
            _values.RemoveAt(index);
        }
    }

    public object?[] ToArray() => [.. _values];

    public virtual void CopyTo(object?[] array, int arrayIndex) => _values.CopyTo(array, arrayIndex);

    void ICollection.CopyTo(Array array, int index) => ((ICollection)_values).CopyTo(array, index);

    public List<object?>.Enumerator GetEnumerator() => _values.GetEnumerator();

    IEnumerator<object?> IEnumerable<object?>.GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _values.GetEnumerator();

    public IEnumerable<string> GetMembers() => _members is null ? ["size"] : ["size", .. _members.GetMembers()];

    public virtual bool Contains(string member) => _members?.Contains(member) ?? false;

    public virtual bool TryGetValue(TemplateContext context, SourceSpan span, string member, out object? value)
    {
        value = member == "size" ? Count : null;
        return member == "size" || (_members?.TryGetValue(context, span, member, out value) ?? false);
    }

    public virtual bool CanWrite(string member) => member != "size" && (_members?.CanWrite(member) ?? true);

    public virtual bool TrySetValue(TemplateContext context, SourceSpan span, string member, object? value, bool readOnly)
        => ScriptObject.TrySetValue(context, span, member, value, readOnly);

    public virtual bool Remove(string member) => ScriptObject.Remove(member);

    public virtual void SetReadOnly(string member, bool readOnly) => ScriptObject.SetReadOnly(member, readOnly);

    public virtual IScriptObject Clone(bool deep)
    {
        var clone = (ScriptArray)MemberwiseClone();
        clone._values = [.. _values.Select(value => deep && value is IScriptObject child ? child.Clone(true) : value)];
        clone._members = (ScriptObject?)_members?.Clone(deep);
        return clone;
    }
}
