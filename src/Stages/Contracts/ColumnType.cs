namespace Pipelines.Stages.Contracts;

/// <summary>Type of a column: a scalar or a list of it. Only strings can be null.</summary>
public readonly record struct ColumnType(ElementType Element, bool IsList = false)
{
    public static ColumnType Of<T>(bool isList = false) => new(ElementOf(typeof(T)), isList);

    /// <summary>As written in <c>artifact.json</c>: <c>int</c>, <c>list&lt;string&gt;</c>.</summary>
    public override string ToString()
    {
        var element = Element switch
        {
            ElementType.String => "string",
            ElementType.Int => "int",
            ElementType.Long => "long",
            ElementType.Float => "float",
            ElementType.Double => "double",
            ElementType.Bool => "bool",
            _ => throw new InvalidOperationException($"There is no type {(int)Element}."),
        };
        return IsList ? $"list<{element}>" : element;
    }

    public static ColumnType Parse(string text) => text.StartsWith("list<", StringComparison.Ordinal)
        ? new(Enum.Parse<ElementType>(text[5..^1], ignoreCase: true), IsList: true)
        : new(Enum.Parse<ElementType>(text, ignoreCase: true));

    private static ElementType ElementOf(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.String => ElementType.String,
        TypeCode.Int32 => ElementType.Int,
        TypeCode.Int64 => ElementType.Long,
        TypeCode.Single => ElementType.Float,
        TypeCode.Double => ElementType.Double,
        TypeCode.Boolean => ElementType.Bool,
        _ => throw new ArgumentException($"A column cannot hold {type.Name}."),
    };
}

public enum ElementType
{
    String,
    Int,
    Long,
    Float,
    Double,
    Bool,
}
