using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace TorchSharp.PInvoke;

/// <summary>A number in the layout of the native Number.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct Number(long bits, long kind)
{
    public readonly long Bits = bits;
    public readonly long Kind = kind;

    public static Number Absent => new(0, -1);
    public static Number Of(double value) => new(BitConverter.DoubleToInt64Bits(value), 0);
    public static Number Of(long value) => new(value, 1);
    public static Number Of(bool value) => new(value ? 1 : 0, 2);
}

/// <summary>A pinned list of integers; valid only during the call.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct Longs(long* data, int length)
{
    private readonly long* _data = data;
    private readonly long _length = length;
}

/// <summary>A pinned list of tensor handles; valid only during the call.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct Tensors(nint* data, int length)
{
    private readonly nint* _data = data;
    private readonly long _length = length;
}

/// <summary>A boolean as a C int.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct Flag(bool value)
{
    private readonly int _value = value ? 1 : 0;

    public static implicit operator Flag(bool value) => new(value);
}

/// <summary>An element type as a C int; -1 where none is asked for.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct TypeCode(torch.ScalarType? type)
{
    private readonly int _value = type is { } known ? (int)known : -1;

    public static implicit operator TypeCode(torch.ScalarType? type) => new(type);
}

/// <summary>What a call without a tensor result returns: 0, or 1 after an error.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct Status
{
    private readonly int _code;

    public void Check()
    {
        if (_code != 0) throw Native.Error();
    }
}

/// <summary>Type, place and gradient of a tensor to be made, in the layout of the native Options.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct Options(torch.ScalarType? type, torch.Device? device, bool requiresGrad)
{
    private readonly int _type = type is { } known ? (int)known : -1;
    private readonly int _device = (int)(device?.type ?? DeviceType.CPU);
    private readonly int _index = device?.index ?? -1;
    private readonly int _requiresGrad = requiresGrad ? 1 : 0;
}

/// <summary>How a recurrent network is built and run, in the layout of the native Recurrent.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct Recurrent(long layers, double dropout, bool bias, bool training, bool bidirectional, bool batchFirst)
{
    private readonly long _layers = layers;
    private readonly double _dropout = dropout;
    private readonly int _bias = bias ? 1 : 0;
    private readonly int _training = training ? 1 : 0;
    private readonly int _bidirectional = bidirectional ? 1 : 0;
    private readonly int _batchFirst = batchFirst ? 1 : 0;
}

/// <summary>One entry of an index expression, in the layout of the native Index.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Index
{
    internal const long Missing = long.MinValue;

    public long Kind;
    public long Start;
    public long Stop;
    public long Step;
    public nint Tensor;
}
