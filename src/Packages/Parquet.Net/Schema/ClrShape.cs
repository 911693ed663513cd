namespace Parquet.Schema;

/// <summary>What a .NET type says about a column: the type of a value, whether it repeats, whether it may be missing.</summary>
internal readonly record struct ClrShape(Type Element, bool IsArray, bool IsNullable)
{
    public static ClrShape Of(Type type)
    {
        var element = type == typeof(string) || type == typeof(byte[]) ? null : ElementOf(type);
        var value = element ?? type;
        var underlying = Nullable.GetUnderlyingType(value);
        return new ClrShape(underlying ?? value, element is not null, underlying is not null || !value.IsValueType);
    }

    private static Type? ElementOf(Type type)
    {
        if (type.IsArray)
        {
            return type.GetElementType();
        }

        var sequence = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>)
            ? type
            : type.GetInterfaces().FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>));
        return sequence?.GetGenericArguments()[0];
    }
}
