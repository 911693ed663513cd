using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using Pipelines.Runner.Documents;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Specs;

namespace Pipelines.Runner.Planning;

/// <summary>Binds the YAML under <c>with</c> to the <c>Params</c> record of a stage, and reports everything that does not fit.</summary>
internal sealed class ParameterBinder
{
    private readonly StageKind _kind;
    private readonly ICollection<Diagnostic> _diagnostics;
    private readonly SortedDictionary<string, ParameterValue> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SourceSpan> _places = new(StringComparer.Ordinal);

    private ParameterBinder(StageKind kind, ICollection<Diagnostic> diagnostics) => (_kind, _diagnostics) = (kind, diagnostics);

    /// <summary>Null, with the reasons among the diagnostics, when something does not fit.</summary>
    /// <param name="uses">The place that asks for the parameters.</param>
    public static BoundParameters? Bind(StageKind kind, YamlMap? with, YamlNode uses, ICollection<Diagnostic> diagnostics)
    {
        ParameterBinder binder = new(kind, diagnostics);
        return binder.TryRecord(kind.Spec.ParametersRecord, with, with ?? uses, uses, ParameterPath.Root, kind.Spec.Kind, out var record)
            ? new(record, binder._values, binder._places)
            : null;
    }

    private bool TryBind(ParameterShape shape, YamlNode node, ParameterPath path, out object? value)
    {
        _places.TryAdd(path.Path, node.At);
        _places.TryAdd(path.ShortPath, node.At);
        if (IsNull(shape, node))
        {
            value = null;
            return shape.Nullable ? Keep(path, Canonical.Null) : Fail(WrongType(shape, node, path));
        }
        return shape switch
        {
            ParameterShape.ListOf list => TryList(list, node, path, out value),
            ParameterShape.MapOf map => TryMap(map, node, path, out value),
            ParameterShape.RecordOf record => TryNested(record, node, path, out value),
            ParameterShape.UnionOf union => TryUnion(union, node, path, out value),
            _ => TryScalar(shape, node, path, out value),
        };
    }

    // A word that the shape itself knows (the case 'none' of an enumeration) goes first.
    private static bool IsNull(ParameterShape shape, YamlNode node) => node is YamlScalar scalar
        && (scalar.IsNull || (shape.Nullable && scalar.Text is "auto" or "none" or "null" && shape switch
        {
            ParameterShape.Text => false,
            ParameterShape.Choice choice => !choice.Words.Contains(scalar.Text),
            ParameterShape.UnionOf union => !union.Cases.ContainsKey(scalar.Text),
            _ => shape.Nullable,
        }));

    private bool TryScalar(ParameterShape shape, YamlNode node, ParameterPath path, out object? value)
    {
        value = null;
        if (node is not YamlScalar scalar)
            return Fail(WrongType(shape, node, path));
        var limits = _kind.Manifest.Parameters.GetValueOrDefault(path.ManifestPath);
        switch (shape)
        {
            case ParameterShape.Text:
                value = scalar.Text;
                return limits?.Choices is { } choices && !choices.Contains(scalar.Text)
                    ? Fail(Diagnostics.NotAChoice(scalar, path.Path, choices))
                    : Keep(path, Canonical.Text(scalar.Text, shape.Nullable));
            case ParameterShape.File:
                value = new InputFile(scalar.Text);
                return scalar.Text.Length == 0
                    ? Fail(WrongType(shape, node, path))
                    : Keep(path, scalar.Text, scalar.Text);
            case ParameterShape.Truth when scalar.IsPlain && ScalarText.TryBoolean(scalar.Text, out var truth):
                value = truth;
                return Keep(path, Canonical.Truth(truth));
            case ParameterShape.Choice choice:
                return TryChoice(choice, scalar, path, out value);
            case ParameterShape.WholeNumber when scalar.IsPlain && ScalarText.IsWholeNumber(scalar.Text):
                return TryWholeNumber(shape, scalar, path, limits, out value);
            case ParameterShape.Number when scalar.IsPlain && ScalarText.TryNumber(scalar.Text, out var number):
                return TryNumber(shape, scalar, number, path, limits, out value);
            default:
                return Fail(WrongType(shape, node, path));
        }
    }

    private bool TryChoice(ParameterShape.Choice choice, YamlScalar scalar, ParameterPath path, out object? value)
    {
        for (var i = 0; i < choice.Words.Count; i++)
            if (choice.Words[i] == scalar.Text)
            {
                value = choice.Values[i];
                return Keep(path, scalar.Text);
            }
        value = null;
        return Fail(Diagnostics.NotAChoice(scalar, path.Path, choice.Words));
    }

    private bool TryWholeNumber(ParameterShape shape, YamlScalar scalar, ParameterPath path, ParameterManifest? limits, out object? value)
    {
        value = null;
        var isInt = shape.Type == typeof(int);
        if (!ScalarText.TryWholeNumber(scalar.Text, out var number) || (isInt && number is < int.MinValue or > int.MaxValue))
            return Fail(Diagnostics.DoesNotFit(scalar, path.Path, isInt ? int.MinValue : long.MinValue, isInt ? int.MaxValue : long.MaxValue));
        value = isInt ? (object)(int)number : number;
        return CheckRange(scalar, number, path, limits) && Keep(path, number.ToString(CultureInfo.InvariantCulture));
    }

    private bool TryNumber(ParameterShape shape, YamlScalar scalar, double number, ParameterPath path, ParameterManifest? limits, out object? value)
    {
        var isFloat = shape.Type == typeof(float);
        value = isFloat ? (object)(float)number : number;
        if (isFloat && !float.IsFinite((float)number))
            return Fail(Diagnostics.DoesNotFit(scalar, path.Path, float.MinValue, float.MaxValue));
        return CheckRange(scalar, number, path, limits) && Keep(path, isFloat ? Canonical.Number((float)number) : Canonical.Number(number));
    }

    private bool CheckRange(YamlScalar scalar, double number, ParameterPath path, ParameterManifest? limits)
    {
        if (limits is null)
            return true;
        if (!limits.Allows(number))
            return Fail(Diagnostics.OutOfRange(scalar, path.Path, limits.Range));
        return limits.Choices is not { } choices || choices.Any(choice => ScalarText.TryNumber(choice, out var allowed) && allowed == number)
            || Fail(Diagnostics.NotAChoice(scalar, path.Path, choices));
    }

    private bool TryList(ParameterShape.ListOf shape, YamlNode node, ParameterPath path, out object? value)
    {
        value = null;
        // A single value stands for a list of one.
        IReadOnlyList<YamlNode>? nodes = node is YamlList list ? list.Items : node is YamlScalar ? [node] : null;
        if (nodes is null)
            return Fail(WrongType(shape, node, path));
        var items = Array.CreateInstance(DeclaredType(shape.Element), nodes.Count);
        var fits = nodes.Count > 0 || Keep(path, "[]");
        for (var i = 0; i < nodes.Count; i++)
        {
            var itemFits = TryBind(shape.Element, nodes[i], path.Item(i.ToString(CultureInfo.InvariantCulture)), out var item);
            if (itemFits)
                items.SetValue(item, i);
            fits &= itemFits;
        }
        value = items;
        return fits;
    }

    private bool TryMap(ParameterShape.MapOf shape, YamlNode node, ParameterPath path, out object? value)
    {
        value = null;
        if (node is not YamlMap map)
            return Fail(WrongType(shape, node, path));
        // Sorted, because the order of the file does not count in the fingerprint.
        var bound = (System.Collections.IDictionary)Activator.CreateInstance(
            typeof(SortedDictionary<,>).MakeGenericType(typeof(string), DeclaredType(shape.Element)), StringComparer.Ordinal)!;
        var fits = map.Entries.Count > 0 || Keep(path, "{}");
        foreach (var (key, item) in map.Entries)
        {
            var itemFits = TryBind(shape.Element, item, path.Item(Canonical.Key(key.Text)), out var boundItem);
            if (itemFits)
                bound.Add(key.Text, boundItem);
            fits &= itemFits;
        }
        value = bound;
        return fits;
    }

    private bool TryNested(ParameterShape.RecordOf shape, YamlNode node, ParameterPath path, out object? value)
    {
        value = null;
        return node is YamlMap map
            ? TryRecord(shape.Record, map, node, node, path, $"'{path.Path}'", out value)
            : Fail(WrongType(shape, node, path));
    }

    /// <summary>A word, a map of one key to a map, or a map of one key to the value of the first member.</summary>
    private bool TryUnion(ParameterShape.UnionOf shape, YamlNode node, ParameterPath path, out object? value)
    {
        value = null;
        var (name, members) = node switch
        {
            YamlScalar word => (word, null),
            YamlMap { Entries: [var only] } => (only.Key, only.Value),
            _ => ((YamlScalar?)null, (YamlNode?)null),
        };
        if (name is null)
            return Fail(Diagnostics.NotOneCase(node, path.Path, [.. shape.Cases.Keys]));
        if (!shape.Cases.TryGetValue(name.Text, out var record))
            return Fail(Diagnostics.UnknownCase(name, path.Path, [.. shape.Cases.Keys]));
        Keep(path, name.Text);
        var map = members as YamlMap;
        if (members is not null and not YamlMap and not YamlScalar { IsNull: true })
        {
            if (record.Parameters.Count == 0)
                return Fail(Diagnostics.CaseTakesNothing(members, name.Text));
            map = new([new(name with { Text = record.Parameters[0].Name }, members)], members.At);
        }
        return TryRecord(record, map, members ?? name, members ?? name, path.Case(name.Text), $"'{name.Text}'", out value);
    }

    /// <param name="asks">The place to point at when a parameter is missing.</param>
    /// <param name="called">What holds the parameters, for messages.</param>
    private bool TryRecord(RecordSpec record, YamlMap? map, YamlNode at, YamlNode asks, ParameterPath path, string called,
        [NotNullWhen(true)] out object? value)
    {
        value = null;
        var fits = true;
        foreach (var entry in map?.Entries ?? [])
            if (!record.Parameters.Any(parameter => parameter.Name == entry.Key.Text))
                fits = Fail(Diagnostics.UnknownParameter(entry.Key, called, [.. record.Parameters.Select(parameter => parameter.Name)]));

        var arguments = new object?[record.Parameters.Count];
        for (var i = 0; i < arguments.Length; i++)
        {
            var parameter = record.Parameters[i];
            var memberPath = path.Member(parameter.Name, parameter.InFingerprint);
            if (map?.Find(parameter.Name) is { } entry)
                fits &= TryBind(parameter.Shape, entry.Value, memberPath, out arguments[i]);
            else if (parameter.Required)
                fits = Fail(Diagnostics.MissingParameter(asks, called, parameter.Name, Words(memberPath)));
            else
                KeepDefault(parameter, memberPath, out arguments[i]);
        }
        return fits && TryConstruct(record, arguments, at, path, out value);
    }

    private bool TryConstruct(RecordSpec record, object?[] arguments, YamlNode at, ParameterPath path,
        [NotNullWhen(true)] out object? value)
    {
        try
        {
            value = record.Constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, CultureInfo.InvariantCulture);
            return true;
        }
        catch (StageException refused)
        {
            value = null;
            var member = refused.Parameter is { } name ? path.Member(name, inFingerprint: true).Path : path.Path;
            return Fail(Diagnostics.Refused(at with { At = _places.GetValueOrDefault(member, at.At) }, refused.Message, refused.Help));
        }
    }

    private void KeepDefault(ParameterSpec parameter, ParameterPath path, out object? value)
    {
        value = parameter.Default;
        Keep(path, Canonical.Default(parameter));
    }

    private string? Words(ParameterPath path) => _kind.Manifest.Parameters.GetValueOrDefault(path.ManifestPath)?.Text.In("en");

    private static Diagnostic WrongType(ParameterShape shape, YamlNode node, ParameterPath path) =>
        Diagnostics.WrongType(node, path.Path, ShapeText.Of(shape), ShapeText.Hint(shape, node));

    private static Type DeclaredType(ParameterShape element) =>
        element is { Nullable: true, Type.IsValueType: true } ? typeof(Nullable<>).MakeGenericType(element.Type) : element.Type;

    private bool Keep(ParameterPath path, string text, string? file = null)
    {
        _values[path.Path] = new(text, path.InFingerprint, file);
        return true;
    }

    private bool Fail(Diagnostic diagnostic)
    {
        _diagnostics.Add(diagnostic);
        return false;
    }
}
