using System.Collections;
using System.Numerics;

namespace Scriban.Runtime;

/// <summary>How types are named in messages and by <c>object.kind</c>.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<Type, string> s_names = new()
    {
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(ushort)] = "ushort",
        [typeof(short)] = "short",
        [typeof(uint)] = "uint",
        [typeof(int)] = "int",
        [typeof(ulong)] = "ulong",
        [typeof(long)] = "long",
        [typeof(string)] = "string",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(BigInteger)] = "bigint",
        [typeof(ScriptRange)] = "range",
    };

    public static bool IsPrimitive(Type type) => type.IsPrimitive || type == typeof(decimal) || type == typeof(BigInteger);

    public static bool IsNumber(object? value)
        => value is not (null or bool or char) && IsPrimitive(value.GetType());

    /// <exception cref="Syntax.ScriptRuntimeException">The value is a number or a boolean.</exception>
    public static void RefuseToIndexPrimitive(TemplateContext context, Parsing.SourceSpan span, object value)
    {
        if (IsPrimitive(value.GetType()))
        {
            throw new Syntax.ScriptRuntimeException(span, $"Cannot use the {Of(value.GetType())} primitive `{context.ObjectToString(value)}` as a list.");
        }
    }

    public static string Of(Type type)
    {
        if (s_names.TryGetValue(type, out var name))
        {
            return name;
        }

        if (type.IsEnum)
        {
            return "enum";
        }

        if (typeof(IList).IsAssignableFrom(type))
        {
            return "array";
        }

        if (typeof(IScriptObject).IsAssignableFrom(type))
        {
            return "object";
        }

        return typeof(IScriptCustomFunction).IsAssignableFrom(type) ? "function" : Pretty(type);
    }

    private static string Pretty(Type type)
    {
        var tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        return tick < 0 ? type.Name : $"{type.Name[..tick]}<{string.Join(", ", type.GenericTypeArguments.Select(Of))}>";
    }
}
