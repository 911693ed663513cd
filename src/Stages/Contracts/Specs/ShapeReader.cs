using System.Reflection;

namespace Pipelines.Stages.Contracts.Specs;

/// <summary>Reads what parameters may hold from the constructors of records.</summary>
internal sealed class ShapeReader(NullabilityInfoContext nullability)
{
    private readonly Dictionary<Type, RecordSpec> _records = [];

    // Types being read, to refuse a record that holds itself.
    private readonly HashSet<Type> _reading = [];

    // Unions being read, whose cases may hold them again.
    private readonly Dictionary<Type, ParameterShape.UnionOf> _unions = [];

    // Unions that hold themselves: they are described where they stand first.
    private readonly Dictionary<Type, ParameterShape.UnionOf> _nested = [];

    public RecordSpec Record(Type type)
    {
        if (_records.TryGetValue(type, out var known))
            return known;
        if (!_reading.Add(type))
            throw new InvalidOperationException($"{type} holds itself; parameters are finite.");
        var constructor = ConstructorOf(type);
        List<ParameterSpec> parameters = [];
        List<RecordSpec?> inlined = [];
        foreach (var parameter in constructor.GetParameters())
        {
            var record = parameter.IsDefined(typeof(InlinedAttribute)) ? Record(parameter.ParameterType) : null;
            inlined.Add(record);
            parameters.AddRange(record?.Parameters ?? [Parameter(parameter)]);
        }
        _reading.Remove(type);
        if (parameters.GroupBy(parameter => parameter.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new InvalidOperationException($"{type} has two parameters '{twice.Key}', one of them inlined.");
        return _records[type] = new(type, constructor, parameters) { Inlined = inlined };
    }

    /// <summary>The constructor of a record's parameter list; not its copy constructor.</summary>
    public static ConstructorInfo ConstructorOf(Type type) => type.GetConstructors() is [var constructor]
        ? constructor
        : throw new InvalidOperationException($"{type} needs exactly one public constructor.");

    /// <summary>The T of a generic interface such as <c>IReadOnlyList&lt;T&gt;</c>, or null when it is something else.</summary>
    public static Type? ElementOf(Type type, Type generic) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == generic ? type.GetGenericArguments()[^1] : null;

    private ParameterSpec Parameter(ParameterInfo parameter)
    {
        try
        {
            var shape = Shape(parameter.ParameterType, nullability.Create(parameter));
            var (name, counts) = (PortName.Of(parameter.Name!), !parameter.IsDefined(typeof(NotInFingerprintAttribute)));
            if (parameter.GetCustomAttribute<DefaultCaseAttribute>() is { } standard)
                return new(name, WithDefault(shape, standard.Name), Required: false, standard.Name, counts);
            return new(name, shape, !parameter.HasDefaultValue, Default(parameter, shape), counts)
            {
                RepetitionsOf = parameter.GetCustomAttribute<RepetitionsOfAttribute>()?.Port,
                IsSecret = parameter.IsDefined(typeof(SecretAttribute)),
            };
        }
        catch (NotSupportedException exception)
        {
            throw new InvalidOperationException(
                $"'{parameter.Name}' of {parameter.Member.DeclaringType} cannot be bound: {exception.Message}", exception);
        }
    }

    /// <summary>Null in the code is this case: nobody can write null.</summary>
    private static ParameterShape WithDefault(ParameterShape shape, string name) =>
        shape is ParameterShape.UnionOf union && union.Cases.TryGetValue(name, out var record)
            && record.Parameters.All(parameter => !parameter.Required)
            ? shape with { Nullable = false }
            : throw new NotSupportedException($"{shape.Type} has no case '{name}' that needs no members.");

    private static object? Default(ParameterInfo parameter, ParameterShape shape)
    {
        var value = parameter.HasDefaultValue ? parameter.DefaultValue : null;
        // The default of a nullable enumeration is stored as its number.
        return value is not null && shape is ParameterShape.Choice ? Enum.ToObject(shape.Type, value) : value;
    }

    private ParameterShape Shape(Type declared, NullabilityInfo? info)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        var isNullable = type != declared || (!type.IsValueType && info?.WriteState == NullabilityState.Nullable);
        if (type == typeof(string))
            return new ParameterShape.Text(isNullable);
        if (type == typeof(bool))
            return new ParameterShape.Truth(isNullable);
        if (type == typeof(int) || type == typeof(long))
            return new ParameterShape.WholeNumber(type, isNullable);
        if (type == typeof(double) || type == typeof(float))
            return new ParameterShape.Number(type, isNullable);
        if (type == typeof(InputFile))
            return new ParameterShape.File(isNullable);
        if (type.IsEnum)
            return Choice(type, isNullable);
        if (ElementOf(type, typeof(IReadOnlyList<>)) is { } item)
            return new ParameterShape.ListOf(Shape(item, info?.GenericTypeArguments[0]), type, isNullable);
        if (ElementOf(type, typeof(IReadOnlyDictionary<,>)) is { } value && type.GetGenericArguments()[0] == typeof(string))
            return new ParameterShape.MapOf(Shape(value, info?.GenericTypeArguments[1]), type, isNullable);
        if (type.IsAbstract && type.IsClass)
            return Union(type, isNullable);
        if (type.IsClass && !type.IsGenericType && !type.IsArray && type.GetMethod("<Clone>$") is not null)
            return new ParameterShape.RecordOf(Record(type), isNullable);
        throw new NotSupportedException($"{type} is none of the types listed in docs/manifest.md.");
    }

    private static ParameterShape.Choice Choice(Type type, bool isNullable)
    {
        var names = Enum.GetNames(type);
        return new(type, isNullable, [.. names.Select(PortName.Dashed)], [.. names.Select(name => Enum.Parse(type, name))]);
    }

    private ParameterShape Union(Type type, bool isNullable)
    {
        if (_unions.TryGetValue(type, out var outer))
            return new ParameterShape.Again(_nested[type] = outer, isNullable);
        if (_nested.TryGetValue(type, out var first))
            return new ParameterShape.Again(first, isNullable);
        // Sorted: cases that stand in files of their own come in whatever order the files were compiled.
        Dictionary<string, RecordSpec> cases = new(StringComparer.Ordinal);
        ParameterShape.UnionOf union = _unions[type] = new(cases, type, isNullable);
        foreach (var nested in type.GetNestedTypes().OrderBy(nested => nested.Name, StringComparer.Ordinal))
            if (nested.IsSealed && nested.IsSubclassOf(type))
                cases.Add(PortName.Dashed(nested.Name), Record(nested));
        _unions.Remove(type);
        return cases.Count > 0 ? union : throw new NotSupportedException($"{type} has no nested sealed records that derive from it.");
    }
}
