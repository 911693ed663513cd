using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;

namespace Pipelines.Stages.Torch;

/// <summary>The largest absolute value of some tensors; not finite when any value is not.</summary>
internal static unsafe class LargestMagnitude
{
    public static float Of(IReadOnlyList<torch.Tensor> tensors)
    {
        if (tensors.Count == 0)
            return 0;
        if (tensors[0].device_type != DeviceType.CPU)
            return OnDevice(tensors);
        var largest = 0;
        foreach (var tensor in tensors)
            largest = Math.Max(largest, Bits(tensor));
        return BitConverter.Int32BitsToSingle(largest);
    }

    // One transfer for all of them.
    private static float OnDevice(IReadOnlyList<torch.Tensor> tensors)
    {
        using var scope = torch.NewDisposeScope();
        var largest = tensors.Where(tensor => tensor.NumberOfElements > 0).Select(tensor => tensor.abs().amax());
        return torch.stack([.. largest]).amax().item<float>();
    }

    private static int Bits(torch.Tensor tensor)
    {
        using var values = tensor.is_contiguous() ? null : tensor.contiguous();
        var count = checked((int)tensor.NumberOfElements);
        return count == 0 ? 0 : Largest(new ReadOnlySpan<int>((values ?? tensor).Floats(), count));
    }

    /// <summary>Without their sign the bits of floats are ordered as whole numbers are, with infinity and NaN after all others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Largest(ReadOnlySpan<int> bits)
    {
        var vectors = MemoryMarshal.Cast<int, Vector<int>>(bits);
        var largest = Vector<int>.Zero;
        foreach (var vector in vectors)
            largest = Vector.Max(largest, vector & new Vector<int>(int.MaxValue));
        var result = 0;
        for (var i = 0; i < Vector<int>.Count; i++)
            result = Math.Max(result, largest[i]);
        foreach (var value in bits[(vectors.Length * Vector<int>.Count)..])
            result = Math.Max(result, value & int.MaxValue);
        return result;
    }
}
