using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Pipelines.Stages.Torch.Pickles;

/// <summary>Numbers that lie beside the pickle.</summary>
/// <param name="Type">As torch calls it, e.g. <c>FloatStorage</c>.</param>
internal sealed record StorageReference(string Type, string Key, long Count)
{
    public static bool IsType(string name) => name.EndsWith("Storage", StringComparison.Ordinal) && Width(name) > 0;

    public static StorageReference Of(object?[] id) => id is ["storage", PickledName type, string key, _, long and >= 0 and var count, ..]
        && count <= Array.MaxLength / sizeof(double)
        ? new(type.Name[(type.Name.LastIndexOf('.') + 1)..], key, count)
        : throw new InvalidDataException("it refers to something outside that is no storage, or too large a one");

    public long Bytes => Count * Width(Type);

    /// <summary>Whether it holds numbers of a network, and not counters or flags.</summary>
    public bool IsFloating => Type is "FloatStorage" or "DoubleStorage" or "HalfStorage" or "BFloat16Storage";

    /// <exception cref="InvalidDataException">There are more or fewer bytes than numbers.</exception>
    public float[] Floats(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Bytes)
            throw HasOtherSize(bytes.Length);
        if (Type == "FloatStorage")
            return MemoryMarshal.Cast<byte, float>(bytes).ToArray();
        var values = new float[Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = Type switch
            {
                "DoubleStorage" => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes[(8 * i)..]),
                "HalfStorage" => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes[(2 * i)..]),
                _ => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]) << 16),
            };
        return values;
    }

    public InvalidDataException HasOtherSize(long bytes) => new($"its storage '{Key}' of {Count} numbers has {bytes} bytes");

    private static int Width(string type) => type switch
    {
        "DoubleStorage" or "LongStorage" => 8,
        "FloatStorage" or "IntStorage" => 4,
        "HalfStorage" or "BFloat16Storage" or "ShortStorage" => 2,
        "ByteStorage" or "CharStorage" or "BoolStorage" => 1,
        _ => 0,
    };
}

/// <summary>A tensor as a pickle describes it.</summary>
internal sealed record TensorView(StorageReference Storage, long Offset, long[] Shape, long[] Strides)
{
    public const string Maker = "torch._utils._rebuild_tensor_v2", ParameterMaker = "torch._utils._rebuild_parameter";

    public static TensorView Of(object?[] arguments) =>
        arguments is [StorageReference storage, long offset, object?[] shape, object?[] strides, ..] && shape.Length == strides.Length
            ? new(storage, offset, [.. shape.Cast<long>()], [.. strides.Cast<long>()])
            : throw new InvalidDataException("it describes a tensor in a way that is not known");

    /// <summary>A copy of its numbers, row after row.</summary>
    /// <exception cref="InvalidDataException">It reaches beyond its storage, or is larger.</exception>
    public StoredTensor Of(float[] storage)
    {
        var values = new float[CountIn(storage.Length)];
        var at = new long[Shape.Length];
        var from = Offset;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = storage[from];
            for (var axis = at.Length - 1; axis >= 0; axis--)
            {
                from += Strides[axis];
                if (++at[axis] < Shape[axis])
                    break;
                from -= Strides[axis] * Shape[axis];
                at[axis] = 0;
            }
        }
        return new(Shape, values);
    }
    // No tensor of a network repeats the numbers of its storage: a few bytes could become a tensor of any size.
    private int CountIn(int stored)
    {
        if (Offset < 0 || Shape.Concat(Strides).Any(size => size < 0))
            throw ReachesBeyond();
        if (Shape.Contains(0))
            return 0;
        var (count, last) = (1, (Int128)Offset);
        foreach (var (size, stride) in Shape.Zip(Strides))
        {
            if ((Int128)count * size > stored)
                throw ReachesBeyond();
            (count, last) = (count * (int)size, last + ((Int128)(size - 1) * stride));
        }
        return last < stored ? count : throw ReachesBeyond();
    }

    private InvalidDataException ReachesBeyond() => new($"a tensor reaches beyond its storage '{Storage.Key}'");
}
