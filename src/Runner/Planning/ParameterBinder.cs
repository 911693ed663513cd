using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Pipelines.Runner.Documents;
using Pipelines.Stages.Contracts;
using Pipelines.Stages.Contracts.Specs;

namespace Pipelines.Runner.Planning;

/// <summary>The parameters of a stage, bound and checked.</summary>
/// <param name="Record">The <c>Params</c> record.</param>
/// <param name="Values">As in <see cref="PlannedStage"/>.</param>
/// <param name="Places">As in <see cref="PlannedStage"/>.</param>
internal sealed record BoundParameters(object Record, IReadOnlyDictionary<string, ParameterValue> Values, Dictionary<string, Place> Places);

/// <summary>Binds the YAML under <c>with</c> to the <c>Params</c> record of a stage, and reports everything that does not fit.</summary>
internal sealed class ParameterBinder
{
    private readonly StageKind _kind;
    private readonly string _projectRoot;
    private readonly ICollection<Diagnostic> _diagnostics;
    private readonly Dictionary<string, ParameterValue> _values;
    private readonly Dictionary<string, Place> _places;

    // By type, the manifest's path of a union that was bound or is.
    private readonly Dictionary<Type, string> _unions = [];

    private ParameterBinder(StageKind kind, string projectRoot, ICollection<Diagnostic> diagnostics)
    {
        (_kind, _projectRoot, _diagnostics) = (kind, projectRoot, diagnostics);
        _values = new(kind.Spec.ParametersRecord.Parameters.Count, StringComparer.Ordinal);
        // The kind and the inputs have places too.
        _places = new(1 + kind.Spec.Inputs.Count, StringComparer.Ordinal);
    }

    /// <summary>Null, with the reasons among the diagnostics, when something does not fit.</summary>
    /// <param name="uses">The place that asks for the parameters.</param>
    /// <param name="projectRoot">What the paths of input files are relative to.</param>
    public static BoundParameters? Bind(
        StageKind kind, YamlMap? with, YamlNode uses, string projectRoot, ICollection<Diagnostic> diagnostics)
    {
        ParameterBinder binder = new(kind, projectRoot, diagnostics);
        return binder.TryRecord(kind.Spec.ParametersRecord, with, with ?? uses, uses, ParameterPath.Root, kind.Spec.Kind, out var record)
            ? new(record, Sorted(binder._values), binder._places)
            : null;
    }

    // A dictionary that nothing is removed from keeps the order of insertion.
    private static Dictionary<string, ParameterValue> Sorted(Dictionary<string, ParameterValue> values)
    {
        var paths = new string[values.Count];
        values.Keys.CopyTo(paths, 0);
        Array.Sort(paths, StringComparer.Ordinal);
        Dictionary<string, ParameterValue> sorted = new(paths.Length, StringComparer.Ordinal);
        foreach (var path in paths)
            sorted.Add(path, values[path]);
        return sorted;
    }

    private bool TryBind(ParameterShape shape, YamlNode node, ParameterPath path, out object? value)
    {
        if (IsNull(shape, node))
        {
            value = null;
            return shape.Nullable ? Keep(path, Canonical.Null, node) : Fail(ScalarReader.WrongType(shape, node, path.Path));
        }
        if (shape is ParameterShape.ListOf or ParameterShape.MapOf or ParameterShape.RecordOf)
            _places.TryAdd(PlannedStage.With + path.Path, Place.Of(node));
        return shape switch
        {
            ParameterShape.ListOf list => TryList(list, node, path, out value),
            ParameterShape.MapOf map => TryMap(map, node, path, out value),
            ParameterShape.RecordOf record => TryNested(record, node, path, out value),
            ParameterShape.UnionOf union => TryUnion(union, node, path, out value),
            ParameterShape.Again again => TryUnion(
                again.Union, node, path.Again(_unions.GetValueOrDefault(again.Type, path.ManifestPath)), out value),
            ParameterShape.Text or ParameterShape.Truth or ParameterShape.WholeNumber or ParameterShape.Number or ParameterShape.Choice
                or ParameterShape.File =>
                TryScalar(shape, node, path, out value),
            _ => throw new UnreachableException(shape.ToString()),
        };
    }

    // A word that names a case of the shape itself, e.g. 'none' of an enumeration, means that case and not null.
    private static bool IsNull(ParameterShape shape, YamlNode node) => node is YamlScalar scalar
        && (scalar.IsNull || (shape.Nullable && scalar.Text is "auto" or "none" or "null" && shape switch
        {
            ParameterShape.Text => false,
            ParameterShape.Choice choice => !choice.Words.Contains(scalar.Text),
            ParameterShape.UnionOf union => !union.Cases.ContainsKey(scalar.Text),
            ParameterShape.Again again => !again.Union.Cases.ContainsKey(scalar.Text),
            ParameterShape.Truth or ParameterShape.WholeNumber or ParameterShape.Number or ParameterShape.File or ParameterShape.ListOf
                or ParameterShape.MapOf
                or ParameterShape.RecordOf => shape.Nullable,
            _ => throw new UnreachableException(shape.ToString()),
        }));

    private bool TryScalar(ParameterShape shape, YamlNode node, ParameterPath path, out object? value)
    {
        if (ScalarReader.Read(
            shape, node, path.Path, _kind.Manifest.Parameters.GetValueOrDefault(path.ManifestPath), out value, out var text) is { } wrong)
            return Fail(wrong);
        if (value is not InputFile file)
            return Keep(path, text, node);
        value = new InputFile(Path.Combine(_projectRoot, file.Path));
        return Keep(path, text, node, file.Path);
    }

    private bool TryList(ParameterShape.ListOf shape, YamlNode node, ParameterPath path, out object? value)
    {
        value = null;
        // A single value stands for a list of one.
        IReadOnlyList<YamlNode>? nodes = node is YamlList list ? list.Items : node is YamlScalar ? [node] : null;
        if (nodes is null)
            return Fail(ScalarReader.WrongType(shape, node, path.Path));
        var items = Array.CreateInstance(DeclaredType(shape.Element), nodes.Count);
        var fits = nodes.Count > 0 || Keep(path, "[]", node);
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
            return Fail(ScalarReader.WrongType(shape, node, path.Path));
        // Sorted, because the order of the file does not count in the fingerprint.
        var bound = (System.Collections.IDictionary)Activator.CreateInstance(
            typeof(SortedDictionary<,>).MakeGenericType(typeof(string), DeclaredType(shape.Element)), StringComparer.Ordinal)!;
        var fits = map.Entries.Count > 0 || Keep(path, "{}", node);
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
            : Fail(ScalarReader.WrongType(shape, node, path.Path));
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
        Keep(path, name.Text, node);
        _unions[shape.Type] = path.ManifestPath;
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
            if (!Has(record, entry.Key.Text))
                fits = Fail(Diagnostics.UnknownParameter(
                    entry.Key, called, [.. record.Parameters.Select(parameter => parameter.Name)],
                    new MisplacedParameter(_kind.Spec.ParametersRecord).Help(entry.Key.Text, record)));

        var ofStage = path == ParameterPath.Root ? ParameterPath.OfStage(record) : null;
        var arguments = new object?[record.Parameters.Count];
        for (var i = 0; i < arguments.Length; i++)
        {
            var parameter = record.Parameters[i];
            var memberPath = ofStage?[i] ?? path.Member(parameter);
            if (map?.Find(parameter.Name) is { } entry)
                fits &= TryBind(parameter.Shape, entry.Value, memberPath, out arguments[i]);
            else if (parameter.Required)
                fits = Fail(Diagnostics.MissingParameter(asks, called, parameter.Name, Words(memberPath)));
            else
                arguments[i] = Default(parameter, memberPath);
        }
        return fits && TryConstruct(record, arguments, at, path, out value);
    }

    private object? Default(ParameterSpec parameter, ParameterPath path)
    {
        _values[path.Path] = path.Default(parameter);
        if (parameter is not { Shape: ParameterShape.UnionOf union, Default: string name })
            return parameter.Default;
        var (record, casePath) = (union.Cases[name], path.Case(name));
        return record.Construct([.. record.Parameters.Select(member => Default(member, casePath.Member(member)))]);
    }

    private static bool Has(RecordSpec record, string name)
    {
        foreach (var parameter in record.Parameters)
            if (parameter.Name == name)
                return true;
        return false;
    }

    private bool TryConstruct(RecordSpec record, object?[] arguments, YamlNode at, ParameterPath path,
        [NotNullWhen(true)] out object? value)
    {
        try
        {
            value = record.Construct(arguments);
            return true;
        }
        catch (StageException refused)
        {
            value = null;
            var member = refused.Parameter is { } name ? path.Member(name, isInFingerprint: true).Path : path.Path;
            var place = _values.GetValueOrDefault(member)?.Place
                ?? (_places.TryGetValue(PlannedStage.With + member, out var around) ? around : (Place?)null);
            return Fail(Diagnostics.Refused(at with { At = place?.At ?? at.At }, refused.Message, refused.Help));
        }
    }

    private string? Words(ParameterPath path) => _kind.Manifest.Parameters.GetValueOrDefault(path.ManifestPath)?.Text.In("en");

    private static Type DeclaredType(ParameterShape element) =>
        element is { Nullable: true, Type.IsValueType: true } ? typeof(Nullable<>).MakeGenericType(element.Type) : element.Type;

    private bool Keep(ParameterPath path, string text, YamlNode node, string? file = null)
    {
        _values[path.Path] = new(text, path.InFingerprint, Place.Of(node), file);
        return true;
    }

    private bool Fail(Diagnostic diagnostic)
    {
        _diagnostics.Add(diagnostic);
        return false;
    }
}
