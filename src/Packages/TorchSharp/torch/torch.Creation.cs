using System.Runtime.InteropServices;
using TorchSharp.PInvoke;

namespace TorchSharp;

public static unsafe partial class torch
{
    private static ScalarType _defaultType = ScalarType.Float32;

    public static ScalarType get_default_dtype() => _defaultType;

    public static void set_default_dtype(ScalarType dtype)
    {
        if (!is_floating_point(dtype)) throw new ArgumentException("Only floating point types are supported as the default type.");
        _defaultType = dtype;
    }

    /// <summary>start, start + step, ... below stop; Int64 where all three are integers.</summary>
    public static Tensor arange(
        Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        var integral = is_integral(start.Type) && is_integral(stop.Type) && is_integral(step.Type);
        return Native.ts_arange(start, stop, step, Made(dtype ?? (integral ? ScalarType.Int64 : null), device, requires_grad));
    }

    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(start, stop, 1, dtype, device, requires_grad);

    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0, stop, 1, dtype, device, requires_grad);

    public static Tensor linspace(
        double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Native.ts_linspace(start, end, steps, Made(dtype, device, requires_grad));

    public static Tensor eye(
        long rows, long columns = -1L, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Native.ts_eye(rows, columns == -1 ? rows : columns, Made(dtype, device, requires_grad));

    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    /// <summary>A tensor of the array's own shape and type; an InvalidOperationException for other element types.</summary>
    public static Tensor from_array(
        Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        rawArray.GetType().GetElementType() switch
        {
            var t when t == typeof(float) => FromArray<float>(rawArray, dtype, device, requires_grad),
            var t when t == typeof(double) => FromArray<double>(rawArray, dtype, device, requires_grad),
            var t when t == typeof(long) => FromArray<long>(rawArray, dtype, device, requires_grad),
            var t when t == typeof(int) => FromArray<int>(rawArray, dtype, device, requires_grad),
            var t when t == typeof(short) => FromArray<short>(rawArray, dtype, device, requires_grad),
            var t when t == typeof(sbyte) => FromArray<sbyte>(rawArray, dtype, device, requires_grad),
            var t when t == typeof(byte) => FromArray<byte>(rawArray, dtype, device, requires_grad),
            var t when t == typeof(bool) => FromArray<bool>(rawArray, dtype, device, requires_grad),
            var t => throw new InvalidOperationException($"Creating a tensor from an array of {t} is not supported."),
        };

    private static Tensor FromArray<T>(Array array, ScalarType? dtype, Device? device, bool requiresGrad) where T : unmanaged
    {
        var sizes = new long[array.Rank];
        for (var d = 0; d < sizes.Length; d++) sizes[d] = array.GetLongLength(d);
        ReadOnlySpan<T> values = array.Length == 0
            ? []
            : MemoryMarshal.CreateReadOnlySpan(ref System.Runtime.CompilerServices.Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);
        return FromSpan(values, sizes, dtype, device, requiresGrad);
    }

    private static Tensor FromSpan<T>(ReadOnlySpan<T> values, ReadOnlySpan<long> sizes, ScalarType? dtype, Device? device, bool requiresGrad)
        where T : unmanaged
    {
        var total = 1L;
        foreach (var size in sizes) total *= size;
        if (total > values.Length) throw new ArgumentException($"mismatched total size creating a tensor from an array: {total} vs. {values.Length}");
        fixed (T* data = values)
        fixed (long* p = sizes)
            return Native.ts_from_data(data, new Longs(p, sizes.Length), TypeOf<T>(), Made(dtype ?? TypeOf<T>(), device, requiresGrad));
    }

    private static ScalarType? TypeOf<T>() => default(T) switch
    {
        float => ScalarType.Float32,
        double => ScalarType.Float64,
        long => ScalarType.Int64,
        int => ScalarType.Int32,
        short => ScalarType.Int16,
        sbyte => ScalarType.Int8,
        byte => ScalarType.Byte,
        _ => ScalarType.Bool,
    };

    private static Options Made(ScalarType? dtype, Device? device, bool requiresGrad) =>
        new(dtype ?? _defaultType, InitializeDevice(device), requiresGrad);

    private static ScalarType? KindOf(Scalar value) => is_integral(value.Type) ? ScalarType.Int64 : null;
}
