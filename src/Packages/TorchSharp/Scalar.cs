using System.Runtime.InteropServices.Marshalling;
using TorchSharp.PInvoke;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>A number whose type libtorch sees at run time.</summary>
[NativeMarshalling(typeof(ScalarMarshaller))]
public sealed class Scalar : IDisposable
{
    internal readonly Number Value;

    private Scalar(Number value, ScalarType type)
    {
        Value = value;
        Type = type;
    }

    public ScalarType Type { get; }

    internal double AsDouble => Value.Kind == 0 ? BitConverter.Int64BitsToDouble(Value.Bits) : Value.Bits;

    internal long AsLong => Value.Kind == 0 ? (long)AsDouble : Value.Bits;

    public static implicit operator Scalar(byte value) => value.ToScalar();

    public static implicit operator Scalar(sbyte value) => value.ToScalar();

    public static implicit operator Scalar(short value) => value.ToScalar();

    public static implicit operator Scalar(int value) => value.ToScalar();

    public static implicit operator Scalar(long value) => value.ToScalar();

    public static implicit operator Scalar(float value) => value.ToScalar();

    public static implicit operator Scalar(double value) => value.ToScalar();

    public static implicit operator Scalar(bool value) => value.ToScalar();

    internal static Scalar Floating(double value) => new(Number.Of(value), ScalarType.Float64);

    internal static Scalar Integral(long value) => new(Number.Of(value), ScalarType.Int64);

    internal static Scalar Boolean(bool value) => new(Number.Of(value), ScalarType.Bool);

    /// <summary>Nothing is held: the number lives in this object.</summary>
    public void Dispose()
    {
    }
}

/// <summary>Conversions between .NET numbers and <see cref="Scalar"/>.</summary>
public static class ScalarExtensionMethods
{
    public static Scalar ToScalar(this byte value) => Scalar.Integral(value);

    public static Scalar ToScalar(this sbyte value) => Scalar.Integral(value);

    public static Scalar ToScalar(this short value) => Scalar.Integral(value);

    public static Scalar ToScalar(this int value) => Scalar.Integral(value);

    public static Scalar ToScalar(this long value) => Scalar.Integral(value);

    public static Scalar ToScalar(this float value) => Scalar.Floating(value);

    public static Scalar ToScalar(this double value) => Scalar.Floating(value);

    public static Scalar ToScalar(this bool value) => Scalar.Boolean(value);

    public static float ToSingle(this Scalar value) => (float)value.AsDouble;

    public static double ToDouble(this Scalar value) => value.AsDouble;

    public static byte ToByte(this Scalar value) => (byte)value.AsLong;

    public static short ToInt16(this Scalar value) => (short)value.AsLong;

    public static int ToInt32(this Scalar value) => (int)value.AsLong;

    public static long ToInt64(this Scalar value) => value.AsLong;

    public static bool ToBoolean(this Scalar value) => value.AsDouble != 0;
}
