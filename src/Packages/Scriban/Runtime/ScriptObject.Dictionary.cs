using System.Collections;

namespace Scriban.Runtime;

public partial class ScriptObject
{
    bool ICollection<KeyValuePair<string, object?>>.IsReadOnly => IsReadOnly;

    bool IDictionary.IsReadOnly => IsReadOnly;

    bool IDictionary.IsFixedSize => false;

    bool ICollection.IsSynchronized => false;

    object ICollection.SyncRoot => _store;

    ICollection IDictionary.Keys => _store.Keys;

    ICollection IDictionary.Values => Values.ToList();

    object? IDictionary.this[object key]
    {
        get => this[Key(key)];
        set => this[Key(key)] = value;
    }

    void IDictionary.Add(object key, object? value)
    {
        this.AssertNotReadOnly();
        Add(Key(key), value);
    }

    bool IDictionary.Contains(object key) => key is string text && _store.ContainsKey(text);

    void IDictionary.Remove(object key) => Remove(Key(key));

    IDictionaryEnumerator IDictionary.GetEnumerator() => this.ToDictionary(pair => pair.Key, pair => pair.Value).GetEnumerator();

    void ICollection.CopyTo(Array array, int index) => ((ICollection)this.ToArray()).CopyTo(array, index);

    void ICollection<KeyValuePair<string, object?>>.Add(KeyValuePair<string, object?> item) => Add(item.Key, item.Value);

    bool ICollection<KeyValuePair<string, object?>>.Contains(KeyValuePair<string, object?> item)
        => _store.TryGetValue(item.Key, out var entry) && Equals(entry.Value, item.Value);

    void ICollection<KeyValuePair<string, object?>>.CopyTo(KeyValuePair<string, object?>[] array, int arrayIndex)
        => this.ToArray().CopyTo(array, arrayIndex);

    bool ICollection<KeyValuePair<string, object?>>.Remove(KeyValuePair<string, object?> item)
        => ((ICollection<KeyValuePair<string, object?>>)this).Contains(item) && Remove(item.Key);

    private static string Key(object key) => key as string ?? key.ToString() ?? string.Empty;
}
