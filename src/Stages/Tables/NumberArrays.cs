namespace Pipelines.Stages.Tables;

/// <summary>Arrays of one kind of number as arrays of another, and whether every value survives that.</summary>
internal static class NumberArrays
{
    private const long ExactInDouble = 1L << 53;
    private const long ExactInFloat = 1 << 24;

    /// <summary>Whole numbers of any width, or null for other values.</summary>
    public static long[]? Whole(Array values) => TypeOf(values) switch
    {
        TypeCode.Int64 => (long[])values,
        TypeCode.Int32 => Array.ConvertAll((int[])values, item => (long)item),
        TypeCode.UInt32 => Array.ConvertAll((uint[])values, item => (long)item),
        TypeCode.Int16 => Array.ConvertAll((short[])values, item => (long)item),
        TypeCode.UInt16 => Array.ConvertAll((ushort[])values, item => (long)item),
        TypeCode.Byte => Array.ConvertAll((byte[])values, item => (long)item),
        TypeCode.SByte => Array.ConvertAll((sbyte[])values, item => (long)item),
        _ => null,
    };

    /// <summary>Null where a value would change.</summary>
    public static T[]? Exact<T>(Array values)
        where T : struct
    {
        if (TypeOf(values) == Type.GetTypeCode(typeof(T)))
            return (T[])values;
        if (Whole(values) is { } whole)
            return (T[]?)FromWhole<T>(whole);
        return values switch
        {
            float[] floats => (T[]?)FromDouble<T>(Array.ConvertAll(floats, item => (double)item)),
            double[] doubles => (T[]?)FromDouble<T>(doubles),
            _ => null,
        };
    }

    // Not by 'is': to the runtime an array of unsigned numbers is one of signed ones too.
    private static TypeCode TypeOf(Array values) => Type.GetTypeCode(values.GetType().GetElementType());

    private static Array? FromWhole<T>(long[] values) => default(T) switch
    {
        int => values.All(value => value is >= int.MinValue and <= int.MaxValue) ? Array.ConvertAll(values, value => (int)value) : null,
        long => values,
        float =>
            values.All(value => value is >= -ExactInFloat and <= ExactInFloat) ? Array.ConvertAll(values, value => (float)value) : null,
        double =>
            values.All(value => value is >= -ExactInDouble and <= ExactInDouble) ? Array.ConvertAll(values, value => (double)value) : null,
        _ => null,
    };

    private static Array? FromDouble<T>(double[] values) => default(T) switch
    {
        int => values.All(value => value == Math.Truncate(value) && Math.Abs(value) <= int.MaxValue) ? Array.ConvertAll(values,
            value => (int)value) : null,
        long => values.All(value => value == Math.Truncate(value) && Math.Abs(value) <= ExactInDouble) ? Array.ConvertAll(values,
            value => (long)value) : null,
        float => values.All(value => double.IsNaN(value) || (float)value == value) ? Array.ConvertAll(values, value => (float)value) : null,
        double => values,
        _ => null,
    };
}
