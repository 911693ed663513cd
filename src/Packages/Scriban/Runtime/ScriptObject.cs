using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Scriban.Functions;
using Scriban.Parsing;

namespace Scriban.Runtime;

/// <summary>A bag of named values, in insertion order; a value can be read-only.</summary>
public partial class ScriptObject : IDictionary<string, object?>, IScriptObject, IDictionary, IFormattable
{
    private Dictionary<string, Entry> _store;

    public ScriptObject()
        : this(0)
    {
    }

    public ScriptObject(IEqualityComparer<string>? keyComparer)
        : this(0, true, keyComparer)
    {
    }

    public ScriptObject(int capacity)
        : this(capacity, true, null)
    {
    }

    public ScriptObject(int capacity, IEqualityComparer<string>? keyComparer)
        : this(capacity, true, keyComparer)
    {
    }

    public ScriptObject(int capacity, bool? autoImportStaticsFromThisType)
        : this(capacity, autoImportStaticsFromThisType, null)
    {
    }

    public ScriptObject(int capacity, bool? autoImportStaticsFromThisType, IEqualityComparer<string>? keyComparer)
    {
        _store = new Dictionary<string, Entry>(capacity, keyComparer);
        if (GetType() != typeof(ScriptObject) && autoImportStaticsFromThisType == true)
        {
            this.Import(GetType());
        }
    }

    public int Count => _store.Count;

    public virtual bool IsReadOnly { get; set; }

    public ICollection<string> Keys => _store.Keys;

    public ICollection<object?> Values => [.. _store.Values.Select(entry => entry.Value)];

    public virtual object? this[string key]
    {
        get => _store.TryGetValue(key, out var entry) ? entry.Value : null;
        set
        {
            this.AssertNotReadOnly();
            if (CanWrite(key))
            {
                SetValue(key, value, false);
            }
        }
    }

    [ScriptMemberIgnore]
    public static ScriptObject From(object? obj)
    {
        var scriptObject = new ScriptObject();
        scriptObject.Import(obj);
        return scriptObject;
    }

    /// <summary>False for texts, numbers, enums and arrays: they have no members to import.</summary>
    [ScriptMemberIgnore]
    public static bool IsImportable(object obj)
    {
        var type = obj as Type ?? obj?.GetType();
        return type is null || !(obj is string || type.IsPrimitive || type == typeof(decimal) || type.IsEnum || type.IsArray);
    }

    public void Clear() => _store.Clear();

    public IEnumerable<string> GetMembers() => _store.Keys;

    public virtual bool Contains(string member) => _store.ContainsKey(member);

    public bool ContainsKey(string key) => Contains(key);

    public virtual bool TryGetValue(TemplateContext context, SourceSpan span, string member, out object? value)
    {
        var found = _store.TryGetValue(member, out var entry);
        value = entry.Value;
        return found;
    }

    bool IDictionary<string, object?>.TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
    {
        var found = _store.TryGetValue(key, out var entry);
        value = entry.Value;
        return found;
    }

    public virtual bool CanWrite(string member) => !_store.TryGetValue(member, out var entry) || !entry.IsReadOnly;

    public virtual bool TrySetValue(TemplateContext context, SourceSpan span, string member, object? value, bool readOnly)
    {
        if (!CanWrite(member))
        {
            return false;
        }

        this.AssertNotReadOnly();
        SetValue(member, value, readOnly);
        return true;
    }

    public void SetValue(string member, object? value, bool readOnly) => _store[member] = new Entry(value, readOnly);

    public void Add(string key, object? value) => _store.Add(key, new Entry(value, false));

    public virtual bool Remove(string member)
    {
        this.AssertNotReadOnly();
        return _store.Remove(member);
    }

    public virtual void SetReadOnly(string member, bool readOnly)
    {
        this.AssertNotReadOnly();
        if (_store.TryGetValue(member, out var entry))
        {
            _store[member] = entry with { IsReadOnly = readOnly };
        }
    }

    public virtual void CopyTo(ScriptObject dest)
    {
        ArgumentNullException.ThrowIfNull(dest);
        foreach (var (key, entry) in _store)
        {
            dest._store[key] = entry;
        }
    }

    public virtual IScriptObject Clone(bool deep)
    {
        var clone = (ScriptObject)MemberwiseClone();
        clone._store = new Dictionary<string, Entry>(_store.Count, _store.Comparer);
        foreach (var (key, entry) in _store)
        {
            clone._store[key] = deep && entry.Value is ScriptObject or ScriptArray
                ? entry with { Value = ((IScriptObject)entry.Value).Clone(true) }
                : entry;
        }

        return clone;
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        foreach (var (key, entry) in _store)
        {
            yield return new KeyValuePair<string, object?>(key, entry.Value);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public sealed override string ToString() => ToString(null, null);

    public string ToString(IFormatProvider formatProvider) => ToString(null, formatProvider);

    /// <summary>Prints <c>{name: value, …}</c> the way a template shows values.</summary>
    public virtual string ToString(string? format, IFormatProvider? formatProvider)
    {
        var context = formatProvider as TemplateContext;
        var text = new StringBuilder("{");
        foreach (var (key, entry) in _store)
        {
            text.Append(text.Length > 1 ? ", " : string.Empty);
            text.Append(IsSimpleKey(key) ? key : $"\"{StringFunctions.Escape(key)}\"").Append(": ");
            text.Append(context is null ? Convert.ToString(entry.Value, formatProvider) : context.ObjectToString(entry.Value, true));
        }

        return text.Append('}').ToString();
    }

    /// <summary>Overwrites every entry that may be written with the other object's.</summary>
    internal void ImportEntries(ScriptObject other)
    {
        foreach (var (key, entry) in other._store)
        {
            if (CanWrite(key))
            {
                _store[key] = entry;
            }
        }
    }

    private static bool IsSimpleKey(string key)
        => key.Length > 0 && (key[0] == '_' || char.IsLetter(key[0])) && key.All(c => c == '_' || char.IsLetterOrDigit(c));

    private readonly record struct Entry(object? Value, bool IsReadOnly);
}
