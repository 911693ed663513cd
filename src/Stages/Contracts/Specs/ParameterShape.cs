using System.Globalization;
using System.Reflection;

namespace Pipelines.Stages.Contracts.Specs;

/// <summary>What a parameter may hold, as docs/manifest.md lists it.</summary>
/// <param name="Type">The C# type, without <see cref="Nullable{T}"/>.</param>
/// <param name="Nullable">Whether it may be null.</param>
public abstract record ParameterShape(Type Type, bool Nullable)
{

    public sealed record Text(bool Nullable) : ParameterShape(typeof(string), Nullable);

    public sealed record Truth(bool Nullable) : ParameterShape(typeof(bool), Nullable);

    /// <summary><see cref="int"/> or <see cref="long"/>.</summary>
    public sealed record WholeNumber(Type Type, bool Nullable) : ParameterShape(Type, Nullable);

    /// <summary><see cref="double"/> or <see cref="float"/>.</summary>
    public sealed record Number(Type Type, bool Nullable) : ParameterShape(Type, Nullable);

    /// <param name="Words">As spelt in a pipeline file, in the order of the enumeration.</param>
    public sealed record Choice(
        Type Type, bool Nullable, IReadOnlyList<string> Words, IReadOnlyList<object> Values) : ParameterShape(Type, Nullable);

    public sealed record File(bool Nullable) : ParameterShape(typeof(InputFile), Nullable);

    public sealed record ListOf(ParameterShape Element, Type Type, bool Nullable) : ParameterShape(Type, Nullable);

    public sealed record MapOf(ParameterShape Element, Type Type, bool Nullable) : ParameterShape(Type, Nullable);

    public sealed record RecordOf(RecordSpec Record, bool Nullable) : ParameterShape(Record.Type, Nullable);

    /// <param name="Cases">By name, dashed.</param>
    public sealed record UnionOf(IReadOnlyDictionary<string, RecordSpec> Cases, Type Type, bool Nullable) : ParameterShape(Type, Nullable);

    /// <summary>
    /// Inside a case of a union, or behind it, that union again: shapes are finite although what is written may be nested.
    /// </summary>
    public sealed record Again(UnionOf Union, bool Nullable) : ParameterShape(Union.Type, Nullable);
}

/// <summary>A record that is bound member by member.</summary>
/// <param name="Parameters">Those of its constructor, in order, with the members of inlined records in the place of these.</param>
public sealed record RecordSpec(Type Type, ConstructorInfo Constructor, IReadOnlyList<ParameterSpec> Parameters)
{
    /// <summary>For each parameter of the constructor, the record inlined there (<see cref="InlinedAttribute"/>), or null.</summary>
    public required IReadOnlyList<RecordSpec?> Inlined { get; init; }

    /// <param name="values">One a parameter.</param>
    /// <exception cref="StageException">The record refuses them.</exception>
    public object Construct(ReadOnlySpan<object?> values)
    {
        var arguments = new object?[Inlined.Count];
        for (var i = 0; i < arguments.Length; i++)
        {
            var count = Inlined[i]?.Parameters.Count ?? 1;
            arguments[i] = Inlined[i] is { } record ? record.Construct(values[..count]) : values[0];
            values = values[count..];
        }
        return Constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, CultureInfo.InvariantCulture);
    }
}
