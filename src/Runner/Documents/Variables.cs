using System.Text;

namespace Pipelines.Runner.Documents;

/// <summary>
/// Puts values in the place of <c>${name}</c>. A value that is nothing but <c>${name}</c> takes the variable's YAML, type and all;
/// <c>$${</c> is a plain <c>${</c>; <c>${name.key}</c> looks into a map. <c>${matrix.axis}</c> waits for the cell that gives it a value.
/// </summary>
internal sealed class Variables
{
    /// <summary>The variable that holds a cell's axes.</summary>
    public const string Matrix = "matrix";

    private const int CharactersOfANode = 15;
    private const int MaxNesting = 100;

    // Who follows a value through more variables looks at the file; kept for each of a long chain, all of them would take gigabytes.
    private const int MaxThrough = 20;

    private readonly IReadOnlyDictionary<string, YamlNode> _values;
    private readonly ICollection<Diagnostic> _diagnostics;
    private readonly SpreadLimit _limit;

    private readonly NameOptions _names;
    private readonly Dictionary<string, YamlNode> _resolved = new(StringComparer.Ordinal);
    private readonly List<string> _resolving = [];
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private Pass _pass = Pass.All;

    public Variables(IReadOnlyDictionary<string, YamlNode> values, SpreadLimit limit, ICollection<Diagnostic> diagnostics) =>
        (_values, _limit, _diagnostics, _names) = (values, limit, diagnostics, new(values.Keys));

    private enum Pass
    {
        /// <summary>Every variable.</summary>
        All,

        /// <summary>All but texts with <c>${matrix…}</c>, which wait.</summary>
        BeforeCells,

        /// <summary>Only what waited: the rest has its values already.</summary>
        InCell,
    }

    /// <summary>The same variables and those of a cell, for what waited for it.</summary>
    /// <param name="axes">Values by axis.</param>
    public static Variables OfCell(
        IReadOnlyDictionary<string, YamlNode> values, YamlMap axes, SpreadLimit limit, ICollection<Diagnostic> diagnostics)
    {
        Dictionary<string, YamlNode> withAxes = new(values, StringComparer.Ordinal) { [Matrix] = axes };
        Variables variables = new(withAxes, limit, diagnostics) { _pass = Pass.InCell };
        variables._resolved.Add(Matrix, axes);
        return variables;
    }

    public bool IsUsed(string name) => _used.Contains(name);

    /// <summary>Reports what is wrong in variables that nothing uses.</summary>
    public void CheckUnused()
    {
        foreach (var (name, value) in _values)
            if (!_used.Contains(name))
                In(value);
    }

    /// <summary>The same YAML with every variable replaced; what cannot be replaced is reported and stays.</summary>
    public YamlNode In(YamlNode node) => In(node, depth: 0);

    /// <summary>As <see cref="In(YamlNode)"/>, but what has <c>${matrix…}</c> is marked and waits.</summary>
    public YamlNode BeforeCells(YamlNode node) => During(Pass.BeforeCells, () => In(node, depth: 0));

    private YamlNode In(YamlNode node, int depth) => node switch
    {
        YamlScalar { WaitsForCell: true } scalar => _pass == Pass.InCell ? InScalar(scalar with { WaitsForCell = false }, depth) : scalar,
        YamlScalar scalar => _pass != Pass.InCell && scalar.Text.Contains('$') ? InScalar(scalar, depth) : scalar,
        YamlList list => InList(list, depth + 1),
        YamlMap map => InMap(map, depth + 1),
        _ => node,
    };

    // Most YAML has no variables: it is not copied.
    private YamlList InList(YamlList list, int depth)
    {
        YamlNode[]? changed = null;
        for (var i = 0; i < list.Items.Count; i++)
            if (In(list.Items[i], depth) is var item && !ReferenceEquals(item, list.Items[i]))
                (changed ??= [.. list.Items])[i] = item;
        return changed is null ? list : list with { Items = changed };
    }

    private YamlMap InMap(YamlMap map, int depth)
    {
        YamlEntry[]? changed = null;
        for (var i = 0; i < map.Entries.Count; i++)
            if (In(map.Entries[i].Value, depth) is var value && !ReferenceEquals(value, map.Entries[i].Value))
                (changed ??= [.. map.Entries])[i] = new(map.Entries[i].Key, value);
        return changed is null ? map : map with { Entries = changed };
    }

    private YamlNode InScalar(YamlScalar scalar, int depth)
    {
        var text = scalar.Text;
        if (_pass == Pass.BeforeCells && Names(text).Any(name => Root(name) == Matrix))
            return Waiting(scalar);
        if (text.StartsWith("${", StringComparison.Ordinal) && text.IndexOf('}') == text.Length - 1)
            return Value(scalar, text[2..^1]) is { } value ? Copy(value, scalar, depth) : Unresolved(scalar);

        StringBuilder result = new();
        List<RelatedPlace> through = [];
        List<SourceMapPart> parts = [];
        List<SourceSpan> setAt = [];
        for (var i = 0; i < text.Length;)
        {
            if (text.AsSpan(i).StartsWith("$${"))
            {
                parts.Add(new(result.Length, 2, i, 3));
                result.Append("${");
                i += 3;
            }
            else if (text.AsSpan(i).StartsWith("${"))
            {
                var end = text.IndexOf('}', i);
                if (end < 0)
                {
                    _diagnostics.Add(Diagnostics.UnclosedVariable(scalar));
                    return Unresolved(scalar);
                }
                var start = result.Length;
                if (!AppendValue(result, scalar, text[(i + 2)..end], through, setAt))
                    return Unresolved(scalar);
                parts.Add(new(start, result.Length - start, i, end + 1 - i));
                i = end + 1;
            }
            else
                result.Append(text[i++]);
        }
        return scalar with
        {
            Text = result.ToString(),
            Replaced = new(text, parts),
            // A text made of several variables has no single place where it is set.
            SetAt = setAt.Distinct().ToList() is [var only] ? only : null,
            Through = [.. through.Distinct().Concat(scalar.Through).Take(MaxThrough)],
        };
    }

    private static YamlScalar Unresolved(YamlScalar scalar) => scalar with { IsUnresolved = true };

    // The other variables of the text are resolved now too, so that they count as used, and a missing one is reported once and not in each
    // cell.
    private YamlScalar Waiting(YamlScalar scalar)
    {
        foreach (var name in Names(scalar.Text))
            if (Root(name) != Matrix)
                Value(scalar, name);
        return scalar with { WaitsForCell = true };
    }

    private static IEnumerable<string> Names(string text)
    {
        for (var i = text.IndexOf("${", StringComparison.Ordinal); i >= 0; i = text.IndexOf("${", i + 2, StringComparison.Ordinal))
            if ((i == 0 || text[i - 1] != '$') && text.IndexOf('}', i) is var end and > 0)
                yield return text[(i + 2)..end];
    }

    private static string Root(string name) => name.Trim().Split('.')[0];

    private YamlNode During(Pass pass, Func<YamlNode> walk)
    {
        var before = _pass;
        _pass = pass;
        var node = walk();
        _pass = before;
        return node;
    }

    private bool AppendValue(StringBuilder result, YamlScalar used, string name, List<RelatedPlace> through, List<SourceSpan> setAt)
    {
        var value = Value(used, name);
        if (value is not YamlScalar { IsNull: false, IsUnresolved: false } text)
        {
            if (value is { IsUnresolved: false })
                _diagnostics.Add(Diagnostics.VariableInText(used, name, value));
            return false;
        }
        through.Add(SetHere(name, text));
        setAt.Add(text.SetAt ?? text.At);
        through.AddRange(text.Through);
        result.Append(text.Text);
        return Spend(text.Text.Length, used);
    }

    /// <summary>The value with all its own variables replaced; null, reported once, when there is none.</summary>
    private YamlNode? Value(YamlScalar used, string name)
    {
        var keys = name.Trim().Split('.');
        var variable = keys[0];
        if (!_values.ContainsKey(variable))
        {
            _diagnostics.Add(
                variable == Matrix ? Diagnostics.MatrixNotHere(used) : Diagnostics.UnknownVariable(used, name.Trim(), _names.Next()));
            return null;
        }
        _used.Add(variable);
        YamlNode? value = Resolved(used, variable);
        for (var i = 1; i < keys.Length && value is not null; i++)
        {
            var next = (value as YamlMap)?.Find(keys[i])?.Value;
            if (next is null && !value.IsUnresolved)
                _diagnostics.Add(variable == Matrix && value is YamlMap { Entries.Count: 0 }
                    ? Diagnostics.MatrixNotHere(used)
                    : Diagnostics.UnknownVariable(used, name.Trim(),
                    [.. ((value as YamlMap)?.Entries ?? []).Select(entry => $"{string.Join('.', keys[..i])}.{entry.Key.Text}")]));
            value = next;
        }
        return value;
    }

    private YamlNode Resolved(YamlScalar used, string variable)
    {
        if (_resolved.TryGetValue(variable, out var known))
            return known;
        if (_resolving.IndexOf(variable) is var start and >= 0)
        {
            _diagnostics.Add(Diagnostics.VariableCycle(used, [.. _resolving[start..], variable]));
            return Unresolved(used);
        }
        if (_resolving.Count >= MaxNesting)
        {
            ReportTooLarge(used);
            return Unresolved(used);
        }
        _resolving.Add(variable);
        // The value of a variable is the same for all cells, so all of it is resolved.
        var value = During(Pass.All, () => In(_values[variable], depth: 0));
        _resolving.RemoveAt(_resolving.Count - 1);
        return _resolved[variable] = value;
    }

    /// <summary>
    /// A copy for one use of a variable: its root takes the place of the use; the nodes below keep their places and refer to it.
    /// </summary>
    private YamlNode Copy(YamlNode value, YamlScalar used, int depth)
    {
        var name = used.Text[2..^1].Trim();
        RelatedPlace usedHere = new($"'{name}' is used here", used.At);
        Dictionary<IReadOnlyList<RelatedPlace>, IReadOnlyList<RelatedPlace>> below = new(ReferenceEqualityComparer.Instance);
        return Below(value, depth) with
        {
            At = used.At,
            SetAt = value.SetAt ?? value.At,
            Through = [.. value.Through.Prepend(SetHere(name, value)).Concat(used.Through).Take(MaxThrough)],
        };

        // Nodes of one file came the same way, so they share one list.
        IReadOnlyList<RelatedPlace> Through(YamlNode node) =>
            below.TryGetValue(node.Through, out var known) ? known : below[node.Through] =
                [.. node.Through.Prepend(usedHere).Concat(used.Through).Take(MaxThrough)];

        YamlNode Below(YamlNode node, int depth)
        {
            if (!Spend(CharactersOfANode + ((node as YamlScalar)?.Text.Length ?? 0), used) || depth > MaxNesting)
            {
                ReportTooLarge(used);
                return Unresolved(used);
            }
            return node switch
            {
                YamlList list => list with { Items = [.. list.Items.Select(item => Below(item, depth + 1))], Through = Through(list) },
                YamlMap map => map with
                {
                    Entries = [.. map.Entries.Select(
                        entry => new YamlEntry(entry.Key with { Through = Through(entry.Key) }, Below(entry.Value, depth + 1)))],
                    Through = Through(map),
                },
                _ => node with { Through = Through(node) },
            };
        }
    }

    private static RelatedPlace SetHere(string name, YamlNode value) => new($"'{name}' is set here", value.At);

    private bool Spend(int characters, YamlScalar used)
    {
        if (_limit.Allows(characters))
            return true;
        ReportTooLarge(used);
        return false;
    }

    private void ReportTooLarge(YamlScalar used)
    {
        if (_limit.IsReported)
            return;
        _diagnostics.Add(Diagnostics.VariablesTooLarge(used));
        _limit.IsReported = true;
    }
}
