using System.Collections;
using Scriban.Parsing;
using Scriban.Runtime;

namespace Scriban.Syntax;

/// <summary>The variable <c>for</c>, <c>while</c> or <c>tablerow</c> inside its loop.</summary>
internal sealed class LoopState(IEnumerable? list = null, IEnumerator? items = null) : IScriptObject
{
    private int? _length;
    private bool? _isLast;

    public int Index { get; set; }

    public int Column { get; set; }

    public bool Changed { get; set; }

    public int Count => 0;

    public bool IsReadOnly { get; set; }

    public void Advance(int index, bool changed)
    {
        Index = index;
        Changed = changed;
        _isLast = null;
    }

    /// <summary>Moves to the next item once, however often it is asked.</summary>
    public bool IsLast() => items is not null && (_isLast ??= !items.MoveNext());

    public IEnumerable<string> GetMembers() => [];

    public bool Contains(string member) => member is "index" or "first" or "even" or "odd" or "last" or "length" or "rindex" or "changed";

    public bool TryGetValue(TemplateContext context, SourceSpan span, string member, out object? value)
    {
        value = member switch
        {
            "index" => Numbers.Fit(Index),
            "first" => Numbers.Box(Index == 0),
            "even" => Numbers.Box((Index & 1) == 0),
            "odd" => Numbers.Box((Index & 1) != 0),
            "last" => Numbers.Box(IsLast()),
            "changed" => Numbers.Box(Changed),
            "length" => Numbers.Fit(Length()),
            "rindex" => Numbers.Fit(Length() - Index - 1),
            "col" => Numbers.Fit(Column),
            _ => null,
        };
        return value is not null;
    }

    public bool CanWrite(string member) => false;

    public bool TrySetValue(TemplateContext context, SourceSpan span, string member, object? value, bool readOnly) => false;

    public bool Remove(string member) => false;

    public void SetReadOnly(string member, bool readOnly)
    {
    }

    public IScriptObject Clone(bool deep) => (IScriptObject)MemberwiseClone();

    private int Length() => _length ??= list switch
    {
        null => 0,
        ICollection collection => collection.Count,
        _ => list.Cast<object?>().Count(),
    };
}
